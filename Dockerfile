# Everything in one process; give it a Postgres by DATABASE_URL, or a volume at /app/data for the embedded one.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN node tools/run.mjs install && node tools/build-client.ts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=node:node /app /app
RUN mkdir -p data && chown node:node data
USER node
EXPOSE 3000
VOLUME /app/data
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "standalone/src/main.ts"]
