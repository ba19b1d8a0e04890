-- Why: the register is searched by what kind of body an agency is, and a namespace that was
-- asked for has to be known as the one of that request, so that an approval which was
-- interrupted can tell its own work from somebody else's.

ALTER TABLE registry.tenant
    ADD COLUMN body_type text NOT NULL DEFAULT 'other' CHECK (body_type IN
        ('ministry', 'agency', 'municipality', 'region', 'parliament', 'court', 'education', 'health', 'other')),
    -- The request for admission that it was made for, where there was one.
    ADD COLUMN request_id bigint UNIQUE;
