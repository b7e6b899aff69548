import Runs

/// Invented: the company whose runners the simulated API shows. Only "Database Backup" is documented.
///
/// Each runner stands for something a report must show: jobs at 02:00, runs across midnight and across the end of a
/// month, weekday traffic, timeouts, a runner that is flaky and one that got worse in a month.
enum NodionCompany {
  static let characters: [NodionCharacter] = [
    databaseBackup, searchIndex, invoiceMailer, nightlyETL, customerExport, apiChecks, webChecks, docsCrawler,
    thumbnailResizer, codingAgent, dataQualityCheck, logArchiver,
  ]

  private typealias Trouble = NodionCharacter.Trouble
  private typealias Flow = NodionCharacter.Flow
  private typealias Slot = NodionCharacter.Slot

  /// The documented runner with its two documented runs. One of them is a day older than the runner, as documented.
  private static var databaseBackup: NodionCharacter {
    let created = BerlinTime.instant(day(2026, 1, 15), hour: 10)
    let day = BerlinTime.day(of: created)
    return NodionCharacter(
      settings: NodionSettings(
        name: "Database Backup", imageName: "mycompany/backup-tool", imageTag: "latest",
        runCommand: "python backup.py"),
      created: created, schedule: [Slot(2, 0)], seconds: 270, spread: 0.6,
      trouble: Trouble(failure: 0.015, timeout: 0.005),
      documentedRuns: [
        SimulatedRun(
          id: NodionID(high: 0xd4e5_f6a7_b8c9_0123, low: 0xdefa_2345_6789_0123),
          created: BerlinTime.instant(day.advanced(byDays: -1), wall: 28_790_000), wait: 10_000, runtime: 135_000,
          exitCode: 1, ending: .failed),
        SimulatedRun(
          id: NodionID(high: 0xc3f8_5434_5470_46de, low: 0xbbeb_ce66_8ca2_c351),
          created: created.advanced(byMilliseconds: 55_000), wait: 5000, runtime: 270_000, exitCode: 0,
          ending: .succeeded),
      ])
  }

  /// Fails for 2 % of its runs until the end of January, and for 8 % from February on.
  private static var searchIndex: NodionCharacter {
    var character = make(
      "Search Index", "mycompany/search-indexer", "v4.2.0", "bin/reindex --incremental", timeout: 1800,
      on: .standardM, since: day(2025, 8, 4), seconds: 210)
    character.flow = Flow(weekday: 13.6, weekend: 13.6)
    character.trouble = Trouble(failure: 0.017, timeout: 0.002)
    character.worse = (
      BerlinTime.instant(day(2026, 2, 1), hour: 0),
      Trouble(failure: 0.066, timeout: 0.012, exitCodes: [1, 1, 1, 137])
    )
    return character
  }

  /// On the last evening of a month it runs into the next one.
  private static var invoiceMailer: NodionCharacter {
    var character = make(
      "Invoice Mailer", "mycompany/billing", "2025.10", "rake invoices:send", since: day(2025, 3, 17), seconds: 2400)
    character.schedule = [Slot(8, 0, .weekdays), Slot(23, 40, .lastOfMonth)]
    character.spread = 0.2
    character.settings.timeoutSeconds = 7200
    return character
  }

  /// Takes longer every month, until it moves to a larger instance type.
  private static var nightlyETL: NodionCharacter {
    var character = make(
      "Nightly ETL", "mycompany/warehouse", "v1.31.4", "dbt build --target production", timeout: 14_400,
      on: .standardM, since: day(2025, 6, 2), seconds: 3300)
    character.schedule = [Slot(23, 30)]
    character.spread = 0.5
    character.growth = 0.09
    character.trouble = Trouble(failure: 0.03, exitCodes: [1, 2])
    character.move = .init(at: NodionWorld.typeChange, to: .standardL, pace: 0.6)
    return character
  }

  private static var customerExport: NodionCharacter {
    var character = make(
      "Customer Export", "mycompany/exporter", "latest", "node export.js --all", on: .standardS, in: .helsinki,
      since: day(2025, 9, 1), seconds: 320)
    character.flow = Flow(weekday: 2.6, weekend: 0.6, hours: 7...20)
    character.trouble = Trouble(failure: 0.12, lost: 0.01, exitCodes: [1, 1, 2, 101])
    return character
  }

  private static var apiChecks: NodionCharacter {
    var character = make(
      "CI: api", "mycompany/ci-swift", "6.3", "make check", timeout: 2700, on: .standardM, since: day(2025, 5, 12),
      seconds: 540)
    character.flow = Flow(weekday: 10, weekend: 0.8, hours: 8...20)
    character.queue = 2...90
    character.trouble = Trouble(failure: 0.14, timeout: 0.004, exitCodes: [1, 1, 1, 2])
    return character
  }

  private static var webChecks: NodionCharacter {
    var character = make(
      "CI: web", "mycompany/ci-node", "24", "npm run ci", timeout: 1800, on: .standardL, since: day(2025, 5, 12),
      seconds: 380)
    character.flow = Flow(weekday: 5, weekend: 0.4, hours: 8...19.5)
    character.queue = 2...90
    character.trouble = Trouble(failure: 0.11, timeout: 0.006, lost: 0.004, exitCodes: [1, 1, 127])
    return character
  }

  /// Some sites never answer: it runs into its timeout now and then. One of its times is just before 06:00.
  private static var docsCrawler: NodionCharacter {
    var character = make(
      "Docs Crawler", "mycompany/crawler", "v0.9.12", "crawl --depth 4", entrypoint: "/usr/bin/tini --", timeout: 1800,
      in: .helsinki, since: day(2025, 7, 21), seconds: 900)
    character.schedule = [Slot(5, 55), Slot(11, 55), Slot(17, 55), Slot(23, 55)]
    character.trouble = Trouble(failure: 0.02, timeout: 0.05)
    return character
  }

  private static var thumbnailResizer: NodionCharacter {
    var character = make(
      "Thumbnail Resizer", "mycompany/media", "v3", "resize --pending", timeout: 600, since: day(2025, 4, 7),
      seconds: 25)
    character.flow = Flow(weekday: 2, weekend: 2.4)
    return character
  }

  /// A newer runner, whose tasks take from minutes to an hour and more.
  private static var codingAgent: NodionCharacter {
    var character = make(
      "Coding Agent", "mycompany/agent", "nightly", "agent work --queue backlog", timeout: 5400, on: .standardXL,
      since: day(2025, 12, 8), seconds: 780)
    character.flow = Flow(weekday: 3.2, weekend: 0.4, hours: 7...23)
    character.spread = 5
    character.queue = 5...240
    character.trouble = Trouble(failure: 0.13, timeout: 0.03, lost: 0.015, exitCodes: [1, 1, 137])
    return character
  }

  /// Begins seconds before 06:00, so that a visit at 06:00 finds it waiting.
  private static var dataQualityCheck: NodionCharacter {
    var character = make(
      "Data Quality Check", "mycompany/quality", "v2.8", "soda scan -c warehouse.yml checks/", timeout: 1200,
      since: day(2025, 10, 6), seconds: 160)
    character.schedule = [Slot(5, 59), Slot(18, 15)]
    character.queue = 75...130
    character.trouble = Trouble(failure: 0.05, exitCodes: [2])
    return character
  }

  /// Its registry is away now and then: the run fails before it starts.
  private static var logArchiver: NodionCharacter {
    var character = make(
      "Log Archiver", "mycompany/log-archiver", "v1.0.3", "archive --older-than 30d", timeout: 2700, in: .helsinki,
      since: day(2025, 2, 10), seconds: 620)
    character.schedule = [Slot(2, 0)]
    character.trouble = Trouble(failure: 0.01, neverStarted: 0.05)
    return character
  }

  private static func make(
    _ name: String, _ image: String, _ tag: String, _ command: String, entrypoint: String? = nil, timeout: Int = 3600,
    on instanceType: NodionInstanceType = .standardS, in region: NodionRegion = .frankfurt, since created: LocalDay,
    seconds: Double
  ) -> NodionCharacter {
    NodionCharacter(
      settings: NodionSettings(
        name: name, imageName: image, imageTag: tag, runCommand: command, entrypoint: entrypoint,
        timeoutSeconds: timeout, region: region, instanceType: instanceType),
      created: BerlinTime.instant(created, hour: 10), seconds: seconds)
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int64) -> LocalDay {
    Month(year: year, month: month).firstDay.advanced(byDays: day - 1)
  }
}
