-- 79-monitor: the figures of the region as of 30 September 2026.
\pset format wrapped
\pset columns 118
\qecho
\qecho '11. The monitor of the region on 30 September 2026'

UPDATE mijov.settings SET monitor_years = 4;
SELECT part, from_day, to_day - 1 AS "to", inserted AS rows, milliseconds FROM refresh_monitor('mijov', '2026-09-30');
