import Foundation
import Reporting
import Testing

@testable import runtally

/// What the shells really offer when somebody presses the Tab key: each one loads its script and is asked.
@Suite struct CompletionTests {
  enum Shell: String, CaseIterable {
    case bash, zsh, fish

    static let there = allCases.filter { Tool.named($0.rawValue).isThere }

    /// Those that tell a program what is typed also in a script; fish does so only where a person types.
    static let telling = there.filter { $0 != .fish }
  }

  @Test("shells offer the names of the reports", arguments: Shell.there)
  func reports(shell: Shell) async throws {
    let typing = try await Typing(in: shell)
    let names = try ReportCatalog.builtIn().map(\.name)
    #expect(try await typing.offers("runtally report ").sorted() == names.sorted())
    #expect(try await typing.offers("runtally reports f").sorted() == ["failure-trend", "fleet", "forecast"])
  }

  @Test("shells offer the values of an option", arguments: Shell.there)
  func values(shell: Shell) async throws {
    let typing = try await Typing(in: shell)
    #expect(
      try await typing.offers("runtally report runs --format j").sorted() == ["json", "jsonl", "junit"])
    #expect(try await typing.offers("runtally report runs --interval ").sorted() == ["day", "month", "week"])
    #expect(try await typing.offers("runtally report runs --month ").sorted() == ["last", "this"])
    #expect(try await typing.offers("runtally report durations --outcome t").sorted() == ["timeout"])
    #expect(try await typing.offers("runtally report monthly-cost --group-by r").sorted() == ["runner"])
    #expect(try await typing.offers("runtally simulate --profile ").sorted() == ["documented", "observed"])
    #expect(try await typing.offers("runtally simulate --fault page").sorted() == ["page-drift", "page-gap"])
    #expect(try await typing.offers("runtally import x . --vendor n").sorted() == ["nodion"])
  }

  @Test("shells offer files where a file is named", arguments: Shell.there)
  func files(shell: Shell) async throws {
    let typing = try await Typing(in: shell)
    try typing.place.write("", to: "results.csv")
    for option in ["report runs --output", "check --policy", "status --database", "backup"] {
      #expect(try await typing.offers("runtally \(option) results") == ["results.csv"], "\(option)")
    }
  }

  @Test("shells offer the sources of the configuration and the runners of the ledger", arguments: Shell.telling)
  func ledger(shell: Shell) async throws {
    let typing = try await Typing(in: shell)
    let place = typing.place
    #expect(try await place.run("simulate", "--bodies", "bodies", "--runs", "50").exitCode == 0)
    #expect(
      try await place.run("import", "production", "bodies", "--vendor", "nodion", "--database", "x.sqlite").exitCode
        == 0)
    #expect(try await typing.offers("runtally report runs --database x.sqlite --source ") == ["production"])
    #expect(try await typing.offers("runtally harvest --database x.sqlite p") == ["production"])
    let asked = try await place.run("report", "runners", "--database", "x.sqlite", "--format", "jsonl")
    let name = try #require(asked.out.firstMatch(of: /"runner":"([A-Za-z]+)[^"]*"/)?.1)
    let offered = try await typing.offers("runtally report runs --database x.sqlite --runner \(name)")
    #expect(!offered.isEmpty)
    #expect(offered.allSatisfy { $0.hasPrefix(name) }, "\(offered)")
  }

  @Test("a name that others gave is offered as it is, and never run", arguments: Shell.telling)
  func hostileNames(shell: Shell) async throws {
    let names = [
      "$(touch hacked)", "`touch hacked`", "CI: unit", "a b", "quo\"te's", "$HOME", "*", "two\nlines", "\u{1B}[31m",
    ]
    let typing = try await Typing(in: shell)
    try typing.place.writeBodies(
      runners: names.indices.map { Bodies.runner(id: "r\($0)", name: names[$0]) },
      runs: Dictionary(uniqueKeysWithValues: names.indices.map { ("r\($0)", []) }))
    #expect(try await typing.place.importBodies().exitCode == 0)
    let offered = try await typing.offers("runtally report runs --runner ")
    #expect(offered.sorted() == names.dropLast(2).sorted())
    #expect(!typing.place.exists("hacked"))
  }

  @Test("where there is no ledger, a broken one or a wrong configuration, nothing is offered and nothing said")
  func nothing() async throws {
    let place = try Workplace()
    try place.write("sources: [", to: "broken.yaml")
    try place.write("no ledger", to: "broken.sqlite")
    for options in [["--database", "none.sqlite"], ["--database", "broken.sqlite"], ["--config", "broken.yaml"]] {
      for option in ["source", "runner"] {
        let words = ["runtally", "report", "runs"] + options + ["--\(option)", ""]
        let ask = ["---completion", "report", "--", "--\(option)", "\(words.count - 1)", "0"] + words
        let finished = try await place.start(ask, environment: ["SAP_SHELL": "bash"]).finished()
        #expect(finished.err == "")
        #expect(finished.out.trimmingCharacters(in: .newlines) == "", "\(options)")
      }
    }
    #expect(place.files() == ["broken.sqlite", "broken.yaml"])
  }

  @Test("what is typed tells the ledger, however it is written")
  func context() {
    for words in [["--database", "x"], ["--database=x"], ["--ledger", "'x'"], ["--database", "=", "x", "--source"]] {
      #expect(TypedContext(["runtally", "report"] + words).value(of: ["--database", "--ledger"]) == "x", "\(words)")
    }
    #expect(TypedContext(["runtally", "report", "--database"]).value(of: ["--database"]) == nil)
  }
}

/// A shell that has loaded its completion script, and is asked what it offers behind what was typed.
struct Typing {
  let place: Workplace
  private let shell: CompletionTests.Shell

  init(in shell: CompletionTests.Shell) async throws {
    place = try Workplace()
    self.shell = shell
    let script = shell == .zsh ? "_runtally" : "script"
    _ = try await place.shell(
      "mkdir .typing && runtally --generate-completion-script \(shell.rawValue) > .typing/\(script)")
    try place.write(Typing.askers[shell] ?? "", to: ".typing/ask")
    try place.write(Typing.zshSettings, to: ".typing/.zshrc")
  }

  func offers(_ line: String) async throws -> [String] {
    let environment = ["LINE": line, "ZDOTDIR": place.path + "/.typing", "XDG_CONFIG_HOME": place.path + "/.typing"]
    let flags = shell == .zsh ? " -f" : shell == .bash ? " --norc" : ""
    let finished = try await place.shell("\(shell.rawValue)\(flags) .typing/ask", environment: environment)
    #expect(finished.err == "", "\(line)")
    // Fish says what each word means behind a tab. Words are offered as they are to be typed: "CI\: nightly".
    return finished.out.split(separator: "\n").map { offer in
      offer.prefix { $0 != "\t" }.replacing("\\", with: "").trimmingCharacters(in: [" "])
    }
  }

  private static let askers: [CompletionTests.Shell: String] = [
    .bash: #"""
    source .typing/script
    COMP_LINE=$LINE COMP_POINT=${#LINE} COMP_TYPE=9
    read -ra COMP_WORDS <<<"$LINE"
    [[ $LINE == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _runtally "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}"
    """#,
    // A second zsh on a terminal of its own, which takes the line and the Tab key.
    .zsh: #"""
    zmodload zsh/zpty
    : >$ZDOTDIR/offered
    zpty shell zsh -i
    zpty -r shell answer '*READY*'
    zpty -w -n shell "$LINE"$'\t'
    while zpty -r shell answer; do done
    cat $ZDOTDIR/offered
    """#,
    .fish: #"""
    source .typing/script
    complete -C $LINE
    """#,
  ]

  private static let zshSettings = #"""
    PROMPT=READY
    fpath=($ZDOTDIR $fpath)
    autoload -Uz compinit
    compinit -u -D
    compadd() {
      if [[ " $*" != *" -"[OAD]" "* ]]; then
        local -a offered
        builtin compadd -A offered "$@"
        print -rl -- $offered >>$ZDOTDIR/offered
      fi
      builtin compadd "$@"
    }
    finish() { exit }
    comppostfuncs=(finish)
    bindkey '^I' complete-word
    """#
}
