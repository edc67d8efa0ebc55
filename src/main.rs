//! The program: the library's `cli`, with what comes with it.

mod bundle;

/// Pages are many small texts made and dropped by several threads, which this allocator does in two thirds of the time
/// that the C library's takes. The library leaves the choice to the program that uses it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    guidepost::cli::main(bundle::BUNDLE)
}
