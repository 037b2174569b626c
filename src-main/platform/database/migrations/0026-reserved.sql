-- The place of a change that is made elsewhere.
SELECT 1;
