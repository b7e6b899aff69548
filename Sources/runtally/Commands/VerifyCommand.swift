import ArgumentParser
import Store

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the ledger: the file, its references, and the tally against the runs.",
    discussion: """
      Every table is held against the digest that was kept when it was written. The daily tally that reports read is \
      worked out anew from the runs and must agree to the millisecond; closed months must be as they were closed, and \
      rulings as they were made. A harvest may go on meanwhile. Ends with exit code 2 when something is wrong.

      Example: runtally verify
      """)

  @OptionGroup(title: "Ledger") var ledger: LedgerOptions

  func run() throws {
    let opened = try ledger.openForReading()
    let result = try opened.verify()
    guard result.isSound else {
      for problem in result.problems { Console.warn(problem) }
      Console.warn("\(opened.path) is not sound; restore a backup, or harvest into a new ledger")
      throw StatusError(status: .violation)
    }
    ledger.say("\(opened.path) is sound: \(result.runs) runs, \(result.tallyLines) lines of tally agree with them")
  }
}
