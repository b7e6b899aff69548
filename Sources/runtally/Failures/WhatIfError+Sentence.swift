import Reporting

extension WhatIfError: Failure {
  var status: ExitStatus { .wrongUsage }

  var advice: String? {
    if case .unpriced(let type, _) = self { "suppose one with --price \(type)=PRICE" } else { nil }
  }

  var sentence: String {
    switch self {
    case .nothingSupposed: "\(self): say what, with --price TYPE=PRICE, --instance-type TYPE, or both"
    case .badPrice: "--price \(self)"
    case .unknownInstanceType(_, .some, _, _): "\(self) Ask for the runs of another source alone with --source."
    case .pricedTwice: "\(self): give one of them"
    case .unknownInstanceType, .unpriced: advised
    }
  }
}
