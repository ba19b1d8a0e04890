-- Why: official handles that were given before the register noted when are as old as the note is.

UPDATE registry.public_account SET official_since = now()
    WHERE official_handle IS NOT NULL AND official_since IS NULL;
