"""What the test that started this script made: two agencies, and a server elsewhere."""

import json
import os

from browser import Browser

PASSWORD = "correct horse battery"


class Agency:
    """One tenant, with its owner at a browser."""

    def __init__(self, made):
        self.slug, self.host, self.base_url = made["slug"], made["host"], made["base_url"]
        self.browser = Browser(made["invitation"]["email"], PASSWORD)
        self.browser.accept_invitation(made["invitation"])


def platform():
    made = json.loads(os.environ["BELFRY_MADE"])
    return [Agency(tenant) for tenant in made["tenants"]], made["remote"]
