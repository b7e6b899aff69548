import Export
import Foundation

/// The summary of a GitHub Actions job: a file that every step may append Markdown to.
///
/// GitHub's documentation of workflow commands, "Adding a job summary", names the variable and the limit: a step that
/// writes more than 1 MiB loses all of it.
enum JobSummary {
  private static let variable = "GITHUB_STEP_SUMMARY"

  static func open() throws -> Output {
    try Output.appending(to: path())
  }

  /// Bytes that are left of the limit.
  static func room() throws -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path())
    return max(0, MarkdownWriter.limit - (attributes?[.size] as? Int ?? 0))
  }

  private static func path() throws -> String {
    guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else {
      throw UsageError(
        reason: "--github needs a GitHub Actions job, which sets $\(variable); elsewhere use --format markdown")
    }
    return path
  }
}
