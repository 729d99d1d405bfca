"""Three Pillars: the SENDCo's method as software."""
