-- Verifying compares what the rules across records are decided by with the records; rebuilding mends it.
grant insert, delete on unlost.metahub_member, unlost.metahub_reference to unlost_maintenance;
