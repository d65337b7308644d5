//! Every store, on a database in memory and on one in a folder. One binary, because linking SurrealDB takes longer than
//! running all of this.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::cloned_ref_to_slice_refs, reason = "what is expected reads better as a list")]

mod blobs;
mod commit;
mod devices;
mod invitations;
mod opening;
mod people;
mod policy;
mod presence;
mod records;
mod retention;
mod support;
mod tokens;
mod work;
