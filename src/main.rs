//! The program: the library's `cli`, with the bundled guide.

mod bundle;

fn main() -> std::process::ExitCode {
    guidepost::cli::main(bundle::files)
}
