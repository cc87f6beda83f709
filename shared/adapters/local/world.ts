import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { PhasegateError } from '../../core/errors.ts';
import { bigQueryWarehouse } from '../gcp/bigquery-warehouse.ts';
import { deadPiles } from './dead-piles.ts';
import { evidenceKeeper } from './evidence-keeper.ts';
import { folderAges } from './folder-ages.ts';
import { localBus } from './local-bus.ts';
import type { LocalWorld, LocalWorldOptions } from './local-world.ts';
import { ownWorld } from './own-world.ts';
import { findOwner, type Owner, removeOwner, writeOwner } from './owner-file.ts';
import { remoteBus } from './remote-bus.ts';
import { openStateFile } from './sqlite-file.ts';
import { sqliteRunStore } from './sqlite-run-store.ts';
import { monitored, openWarehouse, PROJECT } from './world-parts.ts';

/**
 * Opens the world in a directory: as its owner when nobody is, otherwise as a guest of the owner.
 *
 * @throws PhasegateError `invalid-input` for damaged files, or when the owner runs another pipeline definition;
 *   `conflict` when the owner only looks and this process is to launch
 */
export async function openLocalWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  mkdirSync(options.directory, { recursive: true });
  const owner = findOwner(options.directory);
  const db = openStateFile(join(options.directory, 'state.db'));
  try {
    if (owner !== null) return visit(options, db, owner);
    return options.launches ? await ownWorld(options, db) : await look(options, db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function visit(
  { directory, definition, anyDefinition, launches }: LocalWorldOptions,
  db: DatabaseSync,
  owner: Owner,
): LocalWorld {
  if (launches && owner.busUrl === null) {
    throw new PhasegateError(
      'conflict',
      `process ${owner.pid} holds this world and launches nothing; wait until it has ended, and ask again`,
    );
  }
  if (!anyDefinition && owner.definition !== definition.hash) {
    throw new PhasegateError(
      'invalid-input',
      `process ${owner.pid} runs this world with another pipeline definition (${owner.definition}, here ${definition.hash}); stop it, or use its pipeline and overlay`,
    );
  }
  const bus = localBus(db);
  return {
    runs: sqliteRunStore(db),
    bus: owner.busUrl === null ? bus : remoteBus(owner.busUrl),
    warehouse: bigQueryWarehouse({ projectId: PROJECT, apiEndpoint: owner.warehouseUrl }),
    evidence: evidenceKeeper(directory),
    ...monitored(db, definition, bus),
    files: folderAges(directory),
    dead: deadPiles(() => bus.deadLetters()),
    isOwner: false,
    owner,
    isServed: () => findOwner(directory)?.pid === owner.pid,
    deadLetters: () => bus.deadLetters(),
    async close() {
      await bus.close();
      db.close();
    },
  };
}

/** Owns the files and nothing else: runs, messages and executions stay as the last owner left them. */
async function look(options: LocalWorldOptions, db: DatabaseSync): Promise<LocalWorld> {
  const { directory, definition } = options;
  const { server, warehouse } = await openWarehouse(options);
  const bus = localBus(db);
  const owner = {
    pid: process.pid,
    busUrl: null,
    warehouseUrl: server.url,
    definition: definition.hash,
  };
  writeOwner(directory, owner);
  return {
    runs: sqliteRunStore(db),
    bus,
    warehouse,
    evidence: evidenceKeeper(directory),
    ...monitored(db, definition, bus),
    files: folderAges(directory),
    dead: deadPiles(() => bus.deadLetters()),
    isOwner: true,
    owner,
    isServed: () => true,
    deadLetters: () => bus.deadLetters(),
    async close() {
      await bus.close();
      await server.close();
      removeOwner(directory);
      db.close();
    },
  };
}
