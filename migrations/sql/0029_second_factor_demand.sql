-- Why: an agency decides of whom it demands a second factor when they sign in.

ALTER TABLE tenant_setting
    ADD COLUMN second_factor text NOT NULL DEFAULT 'nobody'
        CHECK (second_factor IN ('nobody', 'administers', 'everybody'));
