"""Do markers see the same quality? Agreement beyond what chance would give."""

from pillars.measures.agreement.coefficients import (
    Agreement,
    cohen_kappa,
    cohen_kappa_from_table,
    gwet_ac,
    krippendorff_alpha,
    percent_agreement,
)
from pillars.measures.agreement.marks import Level, Ratings, Weights
from pillars.measures.agreement.report import AgreementReport, Severity, agreement_report

__all__ = [
    "Agreement",
    "AgreementReport",
    "Level",
    "Ratings",
    "Severity",
    "Weights",
    "agreement_report",
    "cohen_kappa",
    "cohen_kappa_from_table",
    "gwet_ac",
    "krippendorff_alpha",
    "percent_agreement",
]
