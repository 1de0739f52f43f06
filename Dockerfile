# syntax=docker/dockerfile:1
# Two stages: the second has the virtual environment of the first and nothing that built it.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
# On x86 the torch of the usual index brings 3 GB for graphics cards along; this one has builds for the processor alone.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/sitrep
COPY constraints.txt ./
RUN /opt/sitrep/bin/pip install --extra-index-url "${TORCH_INDEX}" -c constraints.txt torch
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY models ./models
RUN /opt/sitrep/bin/pip install -c constraints.txt . \
    && /opt/sitrep/bin/python -m compileall -q /opt/sitrep/lib \
    && /opt/sitrep/bin/sitrep --version

FROM python:${PYTHON} AS run
RUN useradd --system --uid 10001 --home-dir /var/lib/sitrep --create-home --shell /usr/sbin/nologin sitrep
COPY --from=build /opt/sitrep /opt/sitrep
ENV PATH=/opt/sitrep/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    HF_HOME=/var/lib/sitrep/models \
    MPLCONFIGDIR=/tmp/matplotlib \
    SITREP_DATABASE_URL=sqlite:////var/lib/sitrep/sitrep.db \
    SITREP_LOG_FORMAT=json \
    SITREP_WEB__HOST=0.0.0.0 \
    SITREP_WEB__PORT=8081
USER sitrep
WORKDIR /var/lib/sitrep
VOLUME ["/var/lib/sitrep"]
EXPOSE 8081
STOPSIGNAL SIGTERM
# Ill is not dead: an outage of Telegram's makes the bot ill, and no restart cures it. The models may take minutes to load.
HEALTHCHECK --interval=30s --timeout=5s --start-period=240s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"SITREP_WEB__PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["sitrep"]
CMD ["run"]
