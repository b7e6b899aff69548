import Foundation

/// The configuration that `init` writes, to be filled in.
struct StarterConfiguration {
  var timeZone: String
  var currency: String?
  var database: String?

  var text: String {
    """
    # Where the ledger is; a relative path starts at this file.
    database: \(database.map { quoted(URL(fileURLWithPath: $0).path) } ?? "runtally.sqlite")
    # The zone whose days and months reports speak of.
    timezone: \(timeZone)
    # No API names a currency: say which one the prices are in.
    \(currency.map { "currency: \($0)" } ?? "# currency: EUR")

    # The accounts to visit. Keys come from the environment, or from a file that only you can read (token_file: PATH).
    # sources:
    #   production:
    #     vendor: nodion
    #     url: "https://api.nodion.com/v1"
    #     token: "${NODION_TOKEN}"

    """
  }

  /// Any path, also one with a `#` or a colon in it.
  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
