-- Why: a body asks for a namespace on a public page, and the lead agency admits it by agreement.
-- Whoever asks is nobody yet: the app's role, which serves that page, reads none of these tables.
-- It files and follows requests through the functions below, each of which shows one request to
-- whoever has its number and its code.

CREATE TABLE registry.request (
    id             bigint PRIMARY KEY DEFAULT next_id(),
    -- Said in letters and by telephone; opens nothing without the code.
    number         text NOT NULL UNIQUE,
    -- The code itself is only with the applicant.
    code_hash      bytea NOT NULL,
    state          text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'asked', 'refused', 'approving', 'approved')),
    name           text NOT NULL,
    email          text NOT NULL,
    language       text NOT NULL,
    body_name      text NOT NULL,
    body_type      text NOT NULL,
    purpose        text NOT NULL,
    slug           text NOT NULL,
    domain         text NOT NULL,
    contact        text NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    -- What the decision settled.
    reason         text NOT NULL DEFAULT '',
    phase          text,
    owner_email    text,
    made_tenant    bigint
);
CREATE INDEX request_open ON registry.request (lower(email)) WHERE state IN ('waiting', 'asked', 'approving');
CREATE INDEX request_list ON registry.request (state, id DESC);

-- Questions of the lead agency and the applicant's answers.
CREATE TABLE registry.request_message (
    id           bigint PRIMARY KEY DEFAULT next_id(),
    request_id   bigint NOT NULL REFERENCES registry.request (id),
    at           timestamptz NOT NULL,
    from_lead    boolean NOT NULL,
    text         text NOT NULL
);
CREATE INDEX request_message_of ON registry.request_message (request_id, id);

CREATE TABLE registry.agreement (
    request_id   bigint PRIMARY KEY REFERENCES registry.request (id),
    text         text NOT NULL,
    signatory    text NOT NULL,
    signed_on    date NOT NULL,
    review_on    date NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX agreement_review ON registry.agreement (review_on);

-- Whether the body has shown that its domain is its own. A worker looks; pages only ask it to.
CREATE TABLE registry.domain_proof (
    request_id   bigint PRIMARY KEY REFERENCES registry.request (id),
    domain       text NOT NULL,
    -- Public once it is published: it proves who controls the domain, and opens nothing.
    token        text NOT NULL,
    state        text NOT NULL DEFAULT 'unproven' CHECK (state IN ('unproven', 'proven', 'lapsed')),
    -- When it is looked at next; NULL until somebody asks.
    due_at       timestamptz,
    checked_at   timestamptz,
    proven_at    timestamptz,
    -- By what it was proven: `dns` or `file`.
    method       text NOT NULL DEFAULT '',
    -- What the last look found amiss: a word of the program's.
    problem      text NOT NULL DEFAULT ''
);
CREATE INDEX domain_proof_due ON registry.domain_proof (due_at) WHERE due_at IS NOT NULL;

GRANT SELECT ON registry.request, registry.request_message, registry.agreement, registry.domain_proof
    TO belfry_admin;
GRANT UPDATE (state, updated_at, reason, phase, owner_email, made_tenant) ON registry.request TO belfry_admin;
GRANT INSERT ON registry.request_message, registry.agreement TO belfry_admin;
GRANT UPDATE (due_at) ON registry.domain_proof TO belfry_admin;
GRANT SELECT, UPDATE ON registry.domain_proof TO belfry_worker;

-- Files a request. `taken` says no more than that the name is not to be had.
CREATE FUNCTION registry.request_file(p jsonb, p_code_hash bytea, p_at timestamptz, p_per_address int, p_in_all int)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, registry, public, pg_temp AS $$
DECLARE
    filed bigint;
BEGIN
    -- One after another, so that the bounds hold.
    PERFORM pg_advisory_xact_lock(hashtextextended('belfry.request', 0));
    IF (SELECT count(*) FROM registry.request WHERE state IN ('waiting', 'asked', 'approving')) >= p_in_all
        OR (SELECT count(*) FROM registry.request
            WHERE state IN ('waiting', 'asked', 'approving') AND lower(email) = lower(p->>'email')) >= p_per_address
    THEN
        RETURN 'full';
    END IF;
    IF EXISTS (SELECT FROM registry.tenant WHERE slug = p->>'slug') THEN
        RETURN 'taken';
    END IF;
    INSERT INTO registry.request (number, code_hash, name, email, language, body_name, body_type, purpose, slug,
        domain, contact, created_at, updated_at)
    VALUES (p->>'number', p_code_hash, p->>'name', p->>'email', p->>'language', p->>'body_name', p->>'body_type',
        p->>'purpose', p->>'slug', p->>'domain', p->>'contact', p_at, p_at)
    RETURNING id INTO filed;
    INSERT INTO registry.domain_proof (request_id, domain, token) VALUES (filed, p->>'domain', p->>'token');
    RETURN 'filed';
END
$$;

-- What the applicant sees of the one request whose number and code they have.
CREATE FUNCTION registry.request_read(p_number text, p_code_hash bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, registry, public, pg_temp AS $$
    SELECT jsonb_build_object('number', r.number, 'state', r.state, 'email', r.email, 'body_name', r.body_name,
        'slug', r.slug, 'reason', r.reason, 'created_at', r.created_at, 'domain', p.domain, 'token', p.token,
        'proof', p.state, 'due_at', p.due_at, 'checked_at', p.checked_at, 'problem', p.problem,
        'messages', COALESCE((SELECT jsonb_agg(jsonb_build_object('at', m.at, 'from_lead', m.from_lead,
            'text', m.text) ORDER BY m.id) FROM registry.request_message m WHERE m.request_id = r.id), '[]'))
    FROM registry.request r JOIN registry.domain_proof p ON p.request_id = r.id
    WHERE r.number = p_number AND r.code_hash = p_code_hash
$$;

-- Answers what the lead agency asked; `false` if nothing is asked.
CREATE FUNCTION registry.request_answer(p_number text, p_code_hash bytea, p_text text, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, registry, public, pg_temp AS $$
DECLARE
    answered bigint;
BEGIN
    UPDATE registry.request SET state = 'waiting', updated_at = p_at
    WHERE number = p_number AND code_hash = p_code_hash AND state = 'asked' RETURNING id INTO answered;
    IF answered IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO registry.request_message (request_id, at, from_lead, text) VALUES (answered, p_at, false, p_text);
    RETURN true;
END
$$;

-- Asks for a look at the domain, unless one was taken a moment ago.
CREATE FUNCTION registry.request_check(p_number text, p_code_hash bytea, p_at timestamptz)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, registry, public, pg_temp AS $$
    UPDATE registry.domain_proof p SET due_at = least(COALESCE(p.due_at, p_at), p_at) FROM registry.request r
    WHERE r.id = p.request_id AND r.number = p_number AND r.code_hash = p_code_hash
      AND r.state IN ('waiting', 'asked') AND (p.checked_at IS NULL OR p.checked_at < p_at - interval '10 seconds')
$$;

REVOKE ALL ON FUNCTION registry.request_file, registry.request_read, registry.request_answer, registry.request_check
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry.request_file, registry.request_read, registry.request_answer,
    registry.request_check TO belfry_app;
