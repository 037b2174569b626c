-- A number that other work has; this file gives way to the one that comes with it.
SELECT 1;
