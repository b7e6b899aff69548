import ArgumentParser
@main struct Runtally: AsyncParsableCommand { }
