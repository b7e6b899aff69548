import ArgumentParser
import Foundation
import Serve

struct MCPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Answer an assistant that speaks the Model Context Protocol.",
    discussion: """
      An assistant starts it and asks over standard input and output, one JSON-RPC message a line. Its tools are \
      list_reports, report, explain, query, check and status, and they only read. An answer is 60,000 bytes long at \
      most; what is too long is refused with what to ask instead.

      It ends when its input does, or by a signal, after the calls in hand.

      Example: runtally mcp --config /etc/runtally/runtally.yaml
      """)

  @OptionGroup(title: "Ledger") var options: LedgerOptions

  func run() async throws {
    try StandardFile.refuse(options.config, as: "the configuration, as messages come from standard input,")
    let configuration = try options.configuration()
    let program = try ServedProgram(configuration) { _ in }
    let server = AssistantServer(program, tools: try Tool.all(configuration, program))
    options.say("answering on standard input and output about \(configuration.database)")
    let output = try ProtocolOutput.take()
    try await Interruption.ends { try await server.run(from: STDIN_FILENO, to: output) }
  }
}

/// Standard output, for messages of a protocol and nothing else.
enum ProtocolOutput {
  /// Whatever else is printed from now on goes to standard error.
  static func take() throws -> Int32 {
    let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard output >= 0, Console.takesStandardOutput() else {
      throw UsageError(reason: "standard output is not open, and answers go there")
    }
    return output
  }
}
