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
    "snoozed": "{who} put it aside",
    "woken": "{who} took it up again",
    "done": "{who} marked it done",
    "unsaid": "{who} took back what they had said of a call",
    "uncalled": "{who} took back that they had called",
    "unbooked": "{who} took the booking back",
    "mistaken": "{who} took back what they had entered about the customer",
    "reopened": "{who} opened it again",
    "planned": "{who} wrote down what comes next: {what}",
    "given": "{who} gave the lead to {what}",
    "held_back": "{who} held a text back",
    "let_go": "{who} let the text go after all",
}
