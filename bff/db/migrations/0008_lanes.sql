-- Work is claimed lane by lane: what is due first in a lane is found without reading what else waits there.
drop index wake_look;
create index wake_look_of_lane on wake (lane, (case when lease_until > 0 then lease_until else due_at end));
