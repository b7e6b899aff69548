import Runs

extension RunRecord {
  /// Itself where something of it could not be read.
  var partlyRead: RunRecord {
    var record = self
    record.isPartlyRead = true
    return record
  }
}

extension RunnerRecord {
  /// Itself where something of it could not be read.
  var partlyRead: RunnerRecord {
    var record = self
    record.isPartlyRead = true
    return record
  }
}
