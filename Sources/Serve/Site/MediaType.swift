import Export

extension Format {
  /// What it is called in HTTP.
  var mediaType: String {
    switch self {
    case .table: "text/plain; charset=utf-8"
    case .csv, .focus, .focus12: "text/csv; charset=utf-8"
    case .json: "application/json"
    case .jsonl: "application/jsonl"
    case .markdown: "text/markdown; charset=utf-8"
    case .html: "text/html; charset=utf-8"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .junit: "application/xml"
    case .openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// Whether a browser is to keep it as a file rather than to show it.
  var isKept: Bool {
    switch self {
    case .csv, .focus, .focus12, .xlsx, .jsonl, .junit: true
    case .table, .json, .markdown, .html, .openmetrics: false
    }
  }
}

/// Which of several formats a client likes best (RFC 9110, 12.5.1).
enum Negotiation {
  /// - Parameter formats: the first one is for who does not say.
  /// - Returns: nil where none is liked.
  static func best(of formats: [Format], accept: String?) -> Format? {
    guard let accept, !accept.isEmpty else { return formats.first }
    let ranges = accept.lowercased().split(separator: ",").map { range -> (type: String, quality: Double) in
      let parts = range.split(separator: ";").map(\.trimmed)
      let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
      return (parts.first ?? "", quality ?? 1)
    }
    func quality(of format: Format) -> Double {
      let type = format.mediaType.prefix { $0 != ";" }
      let group = type.prefix { $0 != "/" } + "/*"
      // The nearest of the ranges counts.
      for wanted in [String(type), String(group), "*/*"] {
        if let range = ranges.first(where: { $0.type == wanted }) { return range.quality }
      }
      return 0
    }
    var best: (format: Format, quality: Double)?
    for format in formats {
      let quality = quality(of: format)
      if quality > best?.quality ?? 0 { best = (format, quality) }
    }
    return best?.format
  }
}
