import { z } from 'zod';

const attributes = z
  .array(
    z.strictObject({
      key: z.string().min(1),
      value: z.strictObject({ stringValue: z.string() }),
    }),
  )
  .transform((all) => all.map(({ key, value }) => `${key}=${value.stringValue}`).join(','));
const nanoseconds = z.string().regex(/^\d{19}$/);
const point = { attributes, timeUnixNano: nanoseconds, asInt: z.string().regex(/^\d+$/) };
const gauge = z.strictObject({ dataPoints: z.array(z.strictObject(point)) });
const sum = z.strictObject({
  aggregationTemporality: z.literal(1),
  isMonotonic: z.literal(true),
  dataPoints: z.array(z.strictObject({ ...point, startTimeUnixNano: nanoseconds })),
});
const named = {
  name: z.string().regex(/^phasegate(\.[a-z_]+)+$/),
  unit: z.string().regex(/^(s|By|\{[a-z]+\})$/),
  description: z.string().min(1),
};
const metric = z.union([z.strictObject({ ...named, gauge }), z.strictObject({ ...named, sum })]);

/** What is sent of an `ExportMetricsServiceRequest` in JSON, and nothing else; read as values by name and labels. */
export const figuresSchema = z
  .strictObject({
    resourceMetrics: z.array(
      z.strictObject({
        resource: z.strictObject({ attributes }),
        scopeMetrics: z.array(
          z.strictObject({
            scope: z.strictObject({ name: z.literal('phasegate') }),
            metrics: z.array(metric),
          }),
        ),
      }),
    ),
  })
  .transform(({ resourceMetrics }) =>
    resourceMetrics
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      .flatMap((each) =>
        ('gauge' in each ? each.gauge : each.sum).dataPoints.map(
          (one) => [`${each.name}{${one.attributes}}`, Number(one.asInt)] as const,
        ),
      ),
  );

export type Figures = z.output<typeof figuresSchema>;
