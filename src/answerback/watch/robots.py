"""Tells programs that look at links from people who open them: only people are counted as viewers.

Messengers draw a preview of every link, carriers and virus scanners open it to see what is there. They say who they
are, ask for the head only, ask ahead of a click, or read no language. Never here: what is done with the answer.
"""

import re
from collections.abc import Mapping

_NAMES = re.compile(
    r"bot\b|bot/|bot;|crawl|spider|slurp|preview|fetch|scan|monitor|check|validator|facebookexternalhit|facebot|whatsapp"
    r"|telegram|twitter|slack|discord|skype|linkedin|pinterest|embedly|snapchat|viber|line-poker|kakaotalk-scrap"
    r"|bingpreview|google-|googleother|apple-?pubsub|applebot|proofpoint|barracuda|mimecast|symantec|safelinks"
    r"|virustotal|urlscan|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios|node-fetch|headless|phantom"
    r"|lighthouse|pingdom|uptime",
    re.IGNORECASE,
)


def is_robot(method: str, headers: Mapping[str, str]) -> bool:
    """Was this asked by a program that only looks at the link?"""
    agent = headers.get("User-Agent", "")
    if method == "HEAD" or not agent or _NAMES.search(agent):
        return True
    purpose = " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")).lower()
    if "prefetch" in purpose or "preview" in purpose:
        return True
    # Every browser a person holds says which languages its owner reads.
    return not headers.get("Accept-Language", "")
