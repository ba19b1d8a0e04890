-- Why: the lead agency settles with a body how much it may use, in the same act in which it approves.
-- Kept with the request, so that an approval that was interrupted is completed with it.

-- A plan of its own, whole; NULL has the platform's.
ALTER TABLE registry.request ADD COLUMN quota jsonb;
GRANT UPDATE (quota) ON registry.request TO belfry_admin;
