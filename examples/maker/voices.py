"""What invented children, parents and staff say. Written for this file and found nowhere else."""

from __future__ import annotations

LIKED = (
    "I make people laugh when they are having a bad day.",
    "I notice when somebody is left out and I go and get them.",
    "I remember everyone's birthday, even the dinner ladies'.",
    "I am brave at trying again. It took me eleven goes to ride my bike.",
    "My teacher says I ask the questions everyone else is thinking.",
    "I am gentle with the little ones in the playground.",
    "I can tell you about every train on our line and what time it goes.",
    "I draw dragons with proper wings. I have filled four books.",
    "My friends say I never give secrets away.",
    "I am the best in my family at fixing things that have stopped working.",
    "I am good at building. My den in the wood lasted all summer.",
    "I sing while I work and people tell me they like it.",
    "I am fast. I was third in the cross country out of sixty.",
    "I know a lot about sharks and I share it if you ask me.",
    "I stand up for people when something isn't fair.",
    "I can cook rice and beans on my own with my nan watching.",
)
IMPORTANT = (
    "My dog Biscuit, my little sister and knowing what is happening next.",
    "Sitting with Kofi at lunch. Football on Thursdays. My grandad.",
    "Having my blue pencil case where I can see it.",
    "Going to my dad's every other weekend and people remembering which one it is.",
    "Minecraft, my cousins, and not being rushed.",
    "Quiet. My cat. Finishing things I have started.",
    "My church choir, my mum, and being told the truth.",
    "People saying my name properly.",
    "Being picked sometimes, even when I don't put my hand up.",
    "My guinea pigs, and time outside every day whatever the weather.",
    "Speaking Polish with my babcia on the phone after school.",
    "Swimming. Being on time. {teacher}'s jokes.",
)
HOPES = (
    "I want to be a vet or work at the otter sanctuary.",
    "I want to read a whole book on my own by the summer.",
    "I would like to go to college and do motor mechanics.",
    "I want to have a part in the play, a small one.",
    "I want to walk to school without my mum.",
    "I would like to be a chef. My uncle is one.",
    "I want to get the bus on my own to my nan's.",
    "I want to do graphic design and make game covers.",
)
PARENTS = (
    "{name} is happier this term and tells us about the day at tea time. Please keep the "
    "home book going. ({who}, {day})",
    "We still see tears on Sunday nights. A photo of Monday's timetable helps, so thank you for "
    "sending it. ({who}, {day})",
    "{name} reads to the baby now, which we never thought we'd see. Homework is too long on "
    "Wednesdays because of clubs. ({who}, {day})",
    "We agree with all of this. What works at home is a five minute warning before anything "
    "changes. ({who}, {day})",
    "{name} needs people to know that being quiet is not the same as being fine. ({who}, {day})",
)
VAGUE_STRATEGIES = (
    "Regular support from an adult.",
    "Access to resources as required.",
    "Opportunities for movement breaks where possible.",
    "Would benefit from small group work.",
    "Support as needed in lessons.",
    "A high level of encouragement.",
    "Differentiation as appropriate.",
    "Extra time is recommended.",
)
LONG_WINDED = (
    "Over the course of the previous academic year a wide range of different approaches have been "
    "trialled by a number of members of staff across the phase, with varying degrees of success, "
    "and it has been noted on several occasions that consistency between those members of staff "
    "would be a significant factor in the effectiveness of any provision that is put in place. ",
    "It is acknowledged that a multiplicity of environmental considerations may, on occasion, "
    "precipitate a heightened level of dysregulation, and staff should therefore remain mindful "
    "of the necessity of proactive, anticipatory planning at points of transition. ",
    "Discussion has taken place with the relevant professionals and further discussion is "
    "anticipated in due course, following which this document will be revisited and, where "
    "necessary, amended in light of whatever recommendations may at that time be forthcoming. ",
)

# By need: how it shows; what helps; what does not; my part; tests and exams.
NEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "ASD": {
        "needs": (
            "I find it hard when the plan changes and nobody has told me. Noise in the hall feels "
            "like it is inside my head.",
            "I don't always know when people are joking. I find it hard to start talking to "
            "somebody new.",
        ),
        "strategies": (
            "My class teacher shows me the day on my visual timetable at 8.50 each morning.",
            "Tell me five minutes before we stop, then again at one minute, with the sand timer.",
            "{ta} checks after each instruction that I know the first step.",
            "Let me wear my ear defenders in assembly and in the dining hall.",
            "Say exactly what you mean: 'put your pen down', not 'let's settle'.",
        ),
        "avoid": (
            "Changing my seat without telling me.",
            "Touching my shoulder from behind.",
            "Asking me to look at you when I am listening.",
        ),
        "my_part": (
            "I will show my amber card before it gets too much.",
            "I will use the quiet corner for five minutes and come back.",
        ),
        "access": (
            "A small room with no more than six pupils.",
            "The same seat, by the wall.",
            "A rest break of five minutes after each half hour.",
        ),
    },
    "SLCN": {
        "needs": (
            "I find it hard to find the word I want. Long instructions fall out of my head.",
            "People don't always understand my words, and I go quiet when they ask me again.",
        ),
        "strategies": (
            "Give me one instruction at a time and wait ten seconds before you help.",
            "My teaching assistant teaches me five new topic words every Monday with pictures.",
            "Let me talk to a partner before I answer in front of the class.",
            "Draw or write key words on my whiteboard while you are explaining.",
            "{ta} does my sound cards with me for ten minutes on Tuesday and Thursday.",
        ),
        "avoid": (
            "Finishing my sentences.",
            "Asking me in front of everyone with no warning.",
            "Telling me to say it again properly.",
        ),
        "my_part": (
            "I will put my hand on the question card when I don't understand.",
            "I will practise my sounds at home with Mum three times a week.",
        ),
        "access": (
            "Questions read aloud by an adult.",
            "Key words explained before the test.",
            "25% extra time.",
        ),
    },
    "SPLD": {
        "needs": (
            "Words move about when I am tired. I know the answer but I can't write it in time.",
            "Spelling is hard, and so is copying from the board. I lose my place.",
        ),
        "strategies": (
            "Print my sheets on cream paper in 14 point, every lesson.",
            "Let me type anything longer than half a page on the class laptop.",
            "{teacher} gives me the notes at the start so that I don't copy from the board.",
            "Read with me for fifteen minutes on Monday, Wednesday and Friday using my own book.",
            "Mark my ideas first; pick three spellings for me to mend.",
        ),
        "avoid": (
            "Making me read aloud without asking first.",
            "Red pen on every spelling.",
            "Keeping me in to finish writing.",
        ),
        "my_part": (
            "I will use my reading ruler and my word mat.",
            "I will ask for my laptop at the start, not at the end.",
        ),
        "access": (
            "25% extra time.",
            "A reader for everything but the reading paper.",
            "Word processor with the spell check off.",
        ),
    },
    "SEMH": {
        "needs": (
            "I get angry before I know I am angry. Then I feel bad about it all day.",
            "I worry about home when I am at school, and I can't think about work.",
        ),
        "strategies": (
            "{ta} meets me at the gate at 8.40 and we do my feelings check together.",
            "When my card is on red, let me walk to the blue room with no talking on the way.",
            "Give me a job to do at the start of each afternoon.",
            "Talk to me after, when it is calm, in private. Ask what happened, not why.",
            "Tell me one thing I did well before the end of every lesson.",
        ),
        "avoid": (
            "Shouting across the room.",
            "Keeping on at me when my face has gone red.",
            "Taking away PE.",
        ),
        "my_part": (
            "I will put my card on red before I blow.",
            "I will tell {ta} one good thing and one worry each day.",
        ),
        "access": (
            "A known adult in the room.",
            "A seat near the door.",
            "Rest breaks, up to ten minutes, with the clock stopped.",
        ),
    },
    "MLD": {
        "needs": (
            "I need longer than other people to learn a new thing, and then I lose it.",
            "Numbers muddle me. I can do it with cubes and then not without.",
        ),
        "strategies": (
            "Show me a finished one before I start.",
            "{ta} goes over yesterday's maths with me for ten minutes before the lesson.",
            "Break my work into three parts and tick each with me.",
            "Let me use cubes and a number line in every maths lesson.",
            "My teacher asks me to tell it back in my own words before I begin.",
        ),
        "avoid": (
            "A whole page of questions at once.",
            "Saying 'you know this'.",
            "Giving me baby work in front of my friends.",
        ),
        "my_part": ("I will try the first one before I ask.", "I will use my help mat."),
        "access": ("Instructions read aloud.", "Practical equipment in maths.", "25% extra time."),
    },
    "HI": {
        "needs": ("I wear hearing aids. I miss things at the back, and when people talk at once.",),
        "strategies": (
            "Wear my radio microphone round your neck and switch it on for every lesson.",
            "Seat me second row, to the left, so that I can see your lips.",
            "Say who is speaking and repeat what the other children say.",
            "Write homework on the board every day; do not only say it.",
        ),
        "avoid": ("Talking while you face the board.", "Films without subtitles."),
        "my_part": ("I will charge my aids each night.", "I will tell you when my battery goes."),
        "access": ("A live speaker for any recorded listening test.", "25% extra time."),
    },
    "VI": {
        "needs": ("I see the middle of the page but not the edges. Bright light hurts.",),
        "strategies": (
            "Print everything for me at 24 point on matt paper, the day before.",
            "Say my name before you speak to me, and say what is on the board.",
            "Sit me with the window behind me in each room.",
            "My teaching assistant walks new routes with me twice before I go alone.",
        ),
        "avoid": ("Leaving bags in the aisle.", "Pointing instead of saying."),
        "my_part": ("I will use my tablet to enlarge the board.", "I will ask for the blind down."),
        "access": (
            "Modified large print, 24 point.",
            "Up to 50% extra time.",
            "A scribe in maths.",
        ),
    },
    "PD": {
        "needs": ("My hands get tired and my writing goes wobbly. Stairs take me a long time.",),
        "strategies": (
            "Let me leave two minutes before the bell with one friend.",
            "Give me the sloping board and the fat pencil in every writing lesson.",
            "{ta} does my stretches with me at 9.15 on Monday, Wednesday and Friday.",
            "Let me type or tell my answer after ten minutes of writing.",
        ),
        "avoid": ("Putting me at a table I can't get round.", "Doing it for me without asking."),
        "my_part": ("I will say when my hands hurt.", "I will do my stretches at home."),
        "access": ("A scribe or word processor.", "Rest breaks every twenty minutes."),
    },
    "SLD": {
        "needs": ("I use signs and pictures to talk. New places and new people frighten me.",),
        "strategies": (
            "Show me the object before each change: swim bag, cup, coat.",
            "Offer me two pictures and wait; I will look at the one I want.",
            "Use no more than three words and sign each one.",
            "{ta} works with me on one-to-one tasks for ten minutes, twice each morning.",
        ),
        "avoid": ("More than one adult talking to me at once.", "Hurrying me through a door."),
        "my_part": ("I will sign 'finished' when I have had enough.",),
        "access": ("Assessed by observation over time; no written tests.",),
    },
}
NEEDS["DS"] = NEEDS["SLCN"]
NEEDS["PMLD"] = NEEDS["SLD"]
NEEDS["MSI"] = NEEDS["SLD"]
NEEDS["OTH"] = NEEDS["MLD"]
NEEDS["NSA"] = NEEDS["MLD"]
