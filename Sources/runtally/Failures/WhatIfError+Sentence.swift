import Reporting

extension WhatIfError: Failure {
  var status: ExitStatus { .wrongUsage }

  var sentence: String {
    switch self {
    case .nothingSupposed: "\(self): say what, with --price TYPE=PRICE, --instance-type TYPE, or both"
    case .badPrice: "--price \(self)"
    case .unknownInstanceType(_, nil, _, _): "\(self)"
    case .unknownInstanceType: "\(self) Ask for the runs of another source alone with --source."
    case .pricedTwice: "\(self): give one of them"
    case .unpriced(let type, _): "\(self); suppose one with --price \(type)=PRICE"
    }
  }
}
