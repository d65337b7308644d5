//! The portal is embedded into the binary: a new build of it is a new build of the hub.

fn main() {
    println!("cargo:rerun-if-changed=web/dist");
}
