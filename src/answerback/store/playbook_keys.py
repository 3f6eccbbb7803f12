"""What each key of a playbook file means, in one sentence: shown by editors and by docs/playbooks.md.

Never here: what a key may hold (`engine.playbook` says that) or whether a playbook is good (`engine.proof`).
"""

KEYS: dict[str, dict[str, str]] = {
    "Playbook": {
        "answerback": "The version of this file format. Always 1.",
        "name": "What you call this playbook.",
        "industry": "Your trade in one word, such as plumbing; it tells the reader which dangers to listen for.",
        "languages": "The languages you answer in, the usual one first: en, es.",
        "privacy": "How careful texts must be: standard, clinic (name no treatment) or law (ask for no facts).",
        "triggers": "Which kinds of missed call get a text, and after how long.",
        "greet": "The first text, for each situation a call can be missed in.",
        "menu": "A first text of its own for callers who chose this number in your phone menu.",
        "services": "What you offer, in your customers' words.",
        "area": "The places you serve; leave it out to serve everywhere.",
        "learn": "What to find out before a next step, in this order.",
        "routes": "Where a conversation goes. Written and asked from top to bottom; the first that matches wins.",
        "say": "Everything else that may be said.",
        "nudges": "Reminders when a question stays unanswered. After the last one a person gets a to-do.",
        "facts": "Answers to questions customers ask back: insurance, parking, warranty. The rest is for a person.",
        "people": "Which role takes which work.",
    },
    "Fact": {
        "about": "What it is about, such as parking.",
        "words": "Words or phrases, any one of which such a question holds, in each language.",
        "say": "The answer.",
    },
    "Triggers": {
        "hold_seconds": "Seconds to wait before the first text, so that a person may still reach the caller: 0 to 45.",
        "no_answer": "It rang and nobody picked up: text, todo or ignore.",
        "busy": "Every line was taken: text, todo or ignore.",
        "after_hours": "The call came while you were closed: text, todo or ignore.",
        "abandoned": "The caller hung up while it rang: text, todo or ignore.",
        "short_abandon": "The caller hung up within seconds: text, todo or ignore.",
        "carrier_voicemail": "The shop's own phone let its voicemail pick up: text, todo or ignore.",
        "answered_by_ai": "An assistant program took the call: text, todo or ignore.",
        "failed": "The phone system dropped the call: text, todo or ignore.",
        "unknown": "The phone system does not say what happened: text, todo or ignore.",
        "voicemail": "What a voicemail starts.",
        "repeat": "Who calls again and again without reaching anybody.",
    },
    "Repeat": {
        "call_now": "At this call of theirs a person is asked to call now: 2 is the second. 0 never asks.",
        "page": "At this call of theirs the person on call is woken: 3 is the third. 0 wakes nobody.",
    },
    "Voicemail": {
        "action": "text_at_once, or call_back: a person goes first and a text follows only if nobody called.",
        "minutes": "Business minutes a person has to call back before the text goes out.",
    },
    "Service": {
        "id": "A short name for this service inside the file.",
        "name": "What you call it, in each language.",
        "words": "The words customers use for it, in each language: slang and misspellings welcome.",
        "price": "The one thing about its price that may be told, in each language.",
        "minutes": "How long an appointment takes.",
        "asks": "Questions of `learn` that are asked for this service only.",
        "next": "Where this service leads instead of the usual next step: human, callback, link or decline.",
    },
    "Area": {
        "cities": "Cities and towns served.",
        "zips": "ZIP codes served.",
    },
    "Learn": {
        "slot": "What is learned: service, urgency, area, contact_pref, or a name of your own.",
        "kind": "How the answer is read: the slot's own name, or name, address, time, choice, yes_no, text.",
        "ask": "The question.",
        "again": "The question in other words, asked once if the answer was not understood; then a person.",
        "required": "true: asked of everybody. false: asked only for the services that name it in `asks`.",
        "choices": "For kind choice: the answers to choose from, offered as 1, 2, 3.",
    },
    "Route": {
        "when": "The case: life_safety, urgent, sensitive, not_served, wants_call, intake_first, book or otherwise.",
        "then": "human (a person now), callback (a person phones), link (book online) or decline (a truthful no).",
        "say": "What the customer is told.",
        "todo": "The title of the to-do that staff get.",
    },
    "Nudge": {
        "after": "Hours without a reply, such as 2h, or next_business_morning.",
        "say": "The reminder.",
    },
    "Say": {
        "opted_out": "The one confirmation after somebody said stop in their own words.",
        "started": "The answer to START.",
        "help": "The answer to HELP.",
        "wrong_number": "The last text to somebody who says we have the wrong number.",
        "to_person": "When the machine hands over to a person.",
        "thanks": "When nothing more is to be done.",
        "booked": "When an appointment stands in the calendar.",
        "cancelled": "When an appointment was given up.",
        "declined": "When the customer no longer needs us.",
    },
    "People": {
        "urgent": "Who is woken in an urgent case: on_call, owner or desk.",
        "callbacks": "Who phones customers back: desk, owner or on_call.",
        "callback_minutes": "Within how many minutes of opening time a callback is due.",
    },
}
