# The image of the jobs: `phasegate job TABLE` and nothing else. Built at the root of a checkout.
FROM node:24-slim AS source
WORKDIR /checkout
COPY package.json package-lock.json ./
COPY shared shared
RUN node shared/cli/deploy-source.ts --entry shared/cli/job-main.ts /job
RUN cd /job && npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /job
COPY --from=source /job ./
USER node
ENTRYPOINT ["node", "shared/cli/job-main.ts"]
