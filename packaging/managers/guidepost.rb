class Guidepost < Formula
  desc "Static site generator for parent guides"
  homepage "{{url}}"
  version "{{version}}"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "{{url}}/releases/download/v{{version}}/guidepost-{{version}}-aarch64-apple-darwin.tar.gz"
      sha256 "{{sha256:guidepost-VERSION-aarch64-apple-darwin.tar.gz}}"
    end
    on_intel do
      url "{{url}}/releases/download/v{{version}}/guidepost-{{version}}-x86_64-apple-darwin.tar.gz"
      sha256 "{{sha256:guidepost-VERSION-x86_64-apple-darwin.tar.gz}}"
    end
  end
  on_linux do
    url "{{url}}/releases/download/v{{version}}/guidepost-{{version}}-x86_64-unknown-linux-musl.tar.gz"
    sha256 "{{sha256:guidepost-VERSION-x86_64-unknown-linux-musl.tar.gz}}"
  end

  def install
    bin.install "guidepost"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/guidepost.bash" => "guidepost"
    zsh_completion.install "completions/_guidepost"
    fish_completion.install "completions/guidepost.fish"
  end

  test do
    system bin/"guidepost", "init", "guide"
    system bin/"guidepost", "build", "--root", "guide"
  end
end
