import Export
import Foundation

extension OutputError: Failure {
  var status: ExitStatus {
    if case .isInput = self { .wrongUsage } else { .failed }
  }

  var advice: String? {
    switch self {
    case .closed: "read all of it"
    case .isFolder: "name a file in it with --output"
    case .isInput: "name another file with --output"
    case .refused(_, _, ENOENT), .refused(_, _, ENOTDIR):
      "create its folder first, or choose another folder with --output"
    case .refused(_, _, ENOSPC), .refused(_, _, EDQUOT): "make room there, or choose another folder with --output"
    case .refused: "choose another folder with --output"
    }
  }
}

extension ExportError: Failure {
  var advice: String? {
    switch self {
    case .unknownColumn: "correct the layout in its definition"
    case .wrongColumns, .rowWithoutGroup: "choose another format with --format"
    case .missingValue:
      "give the source a currency in the configuration and harvest it, or leave it out with --source"
    case .columnTwice: "give one of them another name with AS, or choose csv or table with --format"
    case .xmlRefused: "choose a shorter period, or another format with --format"
    case .sheetRefused: "make room in $TMPDIR, or choose a shorter period or another format with --format"
    }
  }
}
