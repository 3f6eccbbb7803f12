"""What a timeline says, in plain words, of marks of a video, acts at the desk and plans that were held back."""

PLANNED = {"nudge": "the next nudge", "reminder": "the reminder of the appointment", "video": "the video"}

MARKS = {
    "opened": "Opened the video",
    "played": "Started the video",
    "quarter": "Watched a quarter of the video",
    "half": "Watched half of the video",
    "most": "Watched three quarters of the video",
    "finished": "Watched the video to the end",
}

AT_THE_DESK = {
    "assigned": "{who} gave it to {what}",
    "assigned_nobody": "{who} gave it to nobody",
    "assigned_self": "{who} took it on",
    "snoozed": "{who} put it aside",
    "woken": "{who} took it up again",
    "done": "{who} marked it done",
    "unsaid": "{who} took back what they had said of a call",
    "uncalled": "{who} took back that they had called",
    "unbooked": "{who} took the booking back",
    "mistaken": "{who} took back what they had entered about the customer",
    "reopened": "{who} opened it again",
    "planned": "{who} wrote down what comes next: {what}",
    "replanned": "{who} changed the plan",
    "given": "{who} gave the lead to {what}",
    "given_nobody": "{who} gave the lead to nobody",
    "given_self": "{who} took the lead on",
    "held_back": "{who} held a text back",
    "let_go": "{who} let the text go after all",
}

WHY_NOT = {
    "opted_out": "The provider says that they opted out.",
    "landline": "It is a landline.",
    "unreachable": "The phone could not be reached.",
    "invalid_number": "The number is not valid.",
    "filtered": "The carrier filtered it as unwanted.",
    "sender_unregistered": "Our number is not registered for texting.",
    "volume_cap": "Our number has reached its limit.",
    "country_barred": "Texts to that country are barred.",
    "too_late": "It could not leave in time.",
    "retries_spent": "It was tried several times without success.",
    "loop": "The provider believes that two machines answer each other.",
    "media_refused": "The picture with it could not be sent.",
    "unknown": "The provider does not say why.",
    "suppressed": "They had asked us to stop.",
    "moved_on": "The conversation had moved on before it left.",
    "restored": "It was waiting when the copy was made that this was restored from.",
}
"""Why a text did not leave or arrive, by the mark it is kept with."""
