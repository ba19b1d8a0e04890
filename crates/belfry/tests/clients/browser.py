"""As much of a browser as signing in and consenting takes: cookies, forms and redirects."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlparse

import requests


class _Forms(HTMLParser):
    """The forms of a page, and the text of its `<code>` elements."""

    def __init__(self):
        super().__init__()
        self.forms, self.codes, self._code = [], [], None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({"action": attrs.get("action", ""), "fields": {}, "buttons": []})
        elif tag == "code":
            self._code = ""
        elif self.forms and tag == "input" and attrs.get("name"):
            kind = attrs.get("type", "text")
            if kind in ("radio", "checkbox") and "checked" not in attrs:
                return
            if kind == "submit":
                self.forms[-1]["buttons"].append((attrs["name"], attrs.get("value", "")))
            else:
                self.forms[-1]["fields"][attrs["name"]] = attrs.get("value", "")
        elif self.forms and tag == "button" and attrs.get("name"):
            self.forms[-1]["buttons"].append((attrs["name"], attrs.get("value", "")))

    def handle_data(self, data):
        if self._code is not None:
            self._code += data

    def handle_endtag(self, tag):
        if tag == "code" and self._code is not None:
            self.codes.append(self._code.strip())
            self._code = None


def _read(response):
    forms = _Forms()
    forms.feed(response.text)
    return forms


class Browser:
    """One person at one browser."""

    def __init__(self, email, password):
        self.session = requests.Session()
        self.email, self.password = email, password

    def accept_invitation(self, invitation):
        """Opens the invitation's page and chooses a password, as the invited person would."""
        page = self.session.get(invitation["invitation_url"])
        form = self._form_with(page, "password_again")
        assert form, f"no invitation at {page.url}: {page.status_code} {page.text[:500]}"
        form["fields"].update(
            email=self.email,
            code=invitation["code"],
            name="Anna",
            password=self.password,
            password_again=self.password,
        )
        page = self._follow(self._submit(page, form))
        assert page.ok, f"the invitation was refused: {page.status_code} {page.text[:2000]}"

    def authorize(self, url, decision="allow"):
        """Opens an authorisation address, signs in and decides; gives back where it ended:
        `{"code": …, "state": …}` from the redirect, or the code that the page shows."""
        page = self._follow(self.session.get(url, allow_redirects=False))
        form = self._form_with(page, "password")
        if form:
            form["fields"].update(email=self.email, password=self.password)
            page = self._follow(self._submit(page, form))
        form = self._form_with(page, "client_id")
        assert form, f"no consent page at {page.url}: {page.status_code} {page.text[:500]}"
        form["fields"]["decision"] = decision
        page = self._follow(self._submit(page, form))
        if isinstance(page, dict):
            return page
        codes = _read(page).codes
        assert codes, f"no code on the page at {page.url}: {page.status_code} {page.text[:500]}"
        return {"code": codes[0]}

    def _form_with(self, page, field):
        return next((form for form in _read(page).forms if field in form["fields"]), None)

    def _submit(self, page, form):
        origin = "{0.scheme}://{0.netloc}".format(urlparse(page.url))
        return self.session.post(
            urljoin(page.url, form["action"] or page.url),
            data=form["fields"],
            headers={"Origin": origin},
            allow_redirects=False,
        )

    def _follow(self, response):
        """Within the host; what leaves it is the app's, and comes back as its parameters."""
        while response.is_redirect:
            target = urljoin(response.url, response.headers["Location"])
            if urlparse(target).netloc != urlparse(response.url).netloc:
                return {name: values[0] for name, values in parse_qs(urlparse(target).query).items()}
            response = self.session.get(target, allow_redirects=False)
        return response
