# Runtally in a small image: what `make install` installs, and the libraries that it loads.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make
WORKDIR /runtally
COPY Makefile Package.swift LICENSE NOTICE README.md CHANGELOG.md ./
COPY .ci .ci
COPY packaging packaging
COPY sql sql
COPY reports reports
COPY Tests Tests
COPY Sources Sources
RUN make install DESTDIR=/installed

FROM debian:bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates libcurl4 libsqlite3-0 libxlsxwriter4 libxml2 zlib1g \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --create-home --home-dir /var/lib/runtally runtally
COPY --from=build /installed/ /
# The folder of runtally.yaml and of the ledger, which is to outlive the container.
USER runtally
WORKDIR /var/lib/runtally
VOLUME /var/lib/runtally
ENTRYPOINT ["runtally"]
