import ArgumentParser

/// What a person does to a source of the ledger as a whole.
struct SourceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source",
    abstract: "Rename a source of the ledger, or take its newest visit back.",
    discussion: """
      A source is known by the name that the configuration gives it. Give it a new one here too, so that its history goes \
      on. A visit that should not have been made, as with a clock that was ahead, can be taken back.

      Example: runtally source rename production cloud
      """,
    subcommands: [SourceRenameCommand.self, SourceTakeBackCommand.self])
}
