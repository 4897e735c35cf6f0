import type { QueryClient } from '@tanstack/react-query';
import type { EngineEvent, ProjectSummary } from '../../contract/schemas.ts';
import type { TrainingList, TrainingSummary } from '../../contract/training.ts';
import { separationArcsec } from '../../core/sky/separation.ts';
import { DEVICE_QUERY } from '../state/device.ts';
import { useField } from '../state/field.ts';
import { useLabelQueue } from '../state/label-queue.ts';
import { whenNoLabelIsUnderWay } from '../state/label-turn.ts';
import { useLabels } from '../state/labels.ts';
import { useHistory } from '../state/history.ts';
import { usePreflight } from '../state/preflight.ts';
import { usePredictions } from '../state/predictions.ts';
import { useProgress } from '../state/progress.ts';
import { NO_ROWS } from '../state/row-set.ts';
import { machineSettings } from '../state/machine-settings.ts';
import { useOpening } from '../state/opening.ts';
import { useSelection } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { useThreshold } from '../state/threshold.ts';
import { TRAININGS_QUERY } from '../state/trainings.ts';
import type { EngineConnection } from './connection.ts';
import { followLabeller, reloadLabels } from './label-sync.ts';
import { restoreSession } from './keep-session.ts';
import { reloadReference } from './load-reference.ts';
import { loadPredictions, loadSources } from './load-columns.ts';
import { notify } from './notify.ts';
import { followSelection, reloadSamp } from './samp-sync.ts';
import { sentenceOf } from './refusal.ts';

/** Batches that arrive faster than this are drawn together [ms]: re-sorting the scores of a large field costs tens of ms. */
const BATCH_GATHERING_MS = 200;

/** Selects the scored source nearest to where the field wants to be looked at first, so that its page is filled. */
function selectNearest({ raDeg, decDeg }: { readonly raDeg: number; readonly decDeg: number }): void {
  const { sources } = useField.getState();
  if (sources === undefined) return;
  let nearest: number | undefined;
  let nearestArcsec = Infinity;
  for (let row = 0; row < sources.rowCount; row += 1) {
    // A SISG row is class S by rule: it has no probability to show.
    if (sources.sisg[row] === 1) continue;
    const distance = separationArcsec(raDeg, decDeg, sources.raDeg[row]!, sources.decDeg[row]!);
    if (distance < nearestArcsec) {
      nearest = row;
      nearestArcsec = distance;
    }
  }
  useSelection.getState().adoptSelection(nearest);
}

type PredictionEvent = Extract<EngineEvent, { type: 'predictions' }>;

/** What the pages ask the engine about a row, by the number that it has in the open field. */
const OF_A_ROW = ['window', 'proposal'];
const OF_ROW_AND_MODEL = ['source', 'cutout', 'why', 'what-if', 'similar'];
/** What is counted from the labels of the project. */
const OF_LABELS = ['training-examine'];

/** Keeps the stores equal to the engine's state for as long as the window lives. */
export function keepInStep(connection: EngineConnection, queries: QueryClient): void {
  const { client } = connection;
  /** The path beside the number: another engine counts from 1 again. */
  let shown: { readonly path: string; readonly opening: number; isBegun: boolean } | undefined;
  let shownRun: number | undefined;
  let gathered: PredictionEvent[] = [];

  const staleWith = (topics: readonly string[]): void => {
    for (const topic of topics) void queries.invalidateQueries({ queryKey: [topic] });
  };

  /**
   * The event says all that the list would: epochs of a small network follow each other faster than a list is fetched, and
   * each would break off the fetch for the one before.
   */
  const showTraining = (training: TrainingSummary): void => {
    const list = queries.getQueryData<TrainingList>(TRAININGS_QUERY);
    if (list?.trainings.some(({ id }) => id === training.id) !== true) {
      void queries.invalidateQueries({ queryKey: TRAININGS_QUERY });
      return;
    }
    const trainings = list.trainings.map((shown) => (shown.id === training.id ? training : shown));
    queries.setQueryData<TrainingList>(TRAININGS_QUERY, { ...list, trainings });
  };

  const flush = (): void => {
    const events = gathered;
    gathered = [];
    usePredictions.getState().apply(events, useField.getState().sources?.sisg);
  };

  const reloadPredictions = async (): Promise<void> => {
    const columns = await loadPredictions();
    usePredictions.getState().replace(columns, useField.getState().sources?.sisg);
    shownRun = columns.runId;
  };

  const show = async (project: ProjectSummary): Promise<void> => {
    const { path, opening, catalogue, run } = project;
    const isNew = shown?.path !== path || shown.opening !== opening;
    // As it was left: what is put on the screen below is noted in the session as it goes.
    const session = useSession.getState().view;
    if (isNew) {
      shown = { path, opening, isBegun: false };
      shownRun = undefined;
      useSelection.getState().adoptSelection(undefined);
      useSelection.getState().choose(NO_ROWS, 'replace');
      useField.getState().setSources(undefined);
      usePredictions.getState().replace(undefined, undefined);
      for (const topic of [...OF_A_ROW, ...OF_ROW_AND_MODEL, ...OF_LABELS])
        queries.removeQueries({ queryKey: [topic] });
      useLabels.getState().clear();
      useLabelQueue.getState().end();
      useField.getState().setSources(await loadSources());
      await reloadLabels(client);
      await reloadReference(client);
    }
    if (run !== null && shownRun !== run.id) {
      // The model's own threshold, once; afterwards the astronomer's stands.
      if (usePredictions.getState().columns === undefined) useThreshold.getState().adoptThreshold(run.threshold);
      await reloadPredictions();
      // Another model has other channels and other reasons.
      staleWith(OF_ROW_AND_MODEL);
    }
    // What the session keeps, the threshold above all, comes after the model's own.
    if (project.isTakenUp && shown?.isBegun === false) {
      shown.isBegun = true;
      const isSelected = restoreSession(session, catalogue.rowCount);
      if (!isSelected && project.firstLook !== null) selectNearest(project.firstLook);
      // What speaks against a run is to be seen before one is started.
      if (project.holds.length > 0) usePreflight.getState().show();
      useHistory.getState().clear();
      useSession.getState().restored();
    }
  };

  /** The session is known before the panels are laid out: the layout is part of it. */
  const beginSession = async (project: ProjectSummary | null): Promise<void> => {
    await machineSettings.loaded;
    const { project: present, begin, end } = useSession.getState();
    if (project === null) end();
    else if (present !== project.path) begin(project.path, (await client.session.view()) ?? {});
  };

  const refresh = async (): Promise<void> => {
    try {
      const project = await client.project.current();
      await beginSession(project);
      useField.getState().setProject(project);
      useField.getState().setFailure(undefined);
      if (project === null) {
        shown = undefined;
        useField.getState().setSources(undefined);
        usePredictions.getState().replace(undefined, undefined);
        return;
      }
      useProgress
        .getState()
        .setRun(project.run === null ? undefined : { run: project.run, rowsPerSecond: null, secondsLeft: null });
      await show(project);
    } catch (error) {
      shown = undefined;
      useField.getState().setFailure(sentenceOf(error));
    }
  };

  // Requests run one after the other: two quick changes must not race for the stores.
  let queue = Promise.resolve();
  const refreshInTurn = (): void => {
    queue = queue.then(refresh);
  };

  const refreshLabelsInTurn = (): void => {
    queue = queue.then(async () => {
      if (useField.getState().project == null) return;
      await reloadLabels(client).catch((error: unknown) => notify('error', sentenceOf(error)));
    });
  };
  followLabeller(refreshLabelsInTurn);

  followSelection(client);

  const take = (event: EngineEvent): void => {
    switch (event.type) {
      case 'project-changed':
        void queries.invalidateQueries({ queryKey: ['recent'] });
        refreshInTurn();
        break;
      case 'task':
        useProgress
          .getState()
          .setTask(event.fraction === 1 ? undefined : { label: event.label, fraction: event.fraction });
        // The test of a device is such a task.
        if (event.fraction === 1) void queries.invalidateQueries({ queryKey: DEVICE_QUERY });
        break;
      case 'opening-sky':
        if (event.sky !== null) useOpening.getState().setSky(event.sky);
        // Not before the field is there, where it was opened: it takes the place of its picture.
        else queue = queue.then(() => useOpening.getState().setSky(undefined));
        break;
      case 'run-progress':
        useProgress
          .getState()
          .setRun({ run: event.run, rowsPerSecond: event.rowsPerSecond, secondsLeft: event.secondsLeft });
        // A batch that came while the columns were on their way is not in them: the end of a run fetches all anew.
        if (event.run.state === 'complete') shownRun = undefined;
        if (event.run.id !== shownRun) refreshInTurn();
        if (event.run.state !== 'running' && event.run.state !== 'queued') {
          void queries.invalidateQueries({ queryKey: ['source'] });
        }
        break;
      case 'training':
        if (event.training.state !== 'running') {
          useProgress.getState().setTraining(undefined);
          void queries.invalidateQueries({ queryKey: ['models'] });
          void queries.invalidateQueries({ queryKey: ['training-result'] });
        }
        showTraining(event.training);
        break;
      case 'training-progress':
        useProgress.getState().setTraining(event.progress);
        break;
      case 'predictions':
        if (gathered.length === 0) setTimeout(flush, BATCH_GATHERING_MS);
        gathered.push(event);
        break;
      case 'label':
        // One's own comes with its answer, in one frame with the next source.
        whenNoLabelIsUnderWay(() => {
          useLabels.getState().apply(event.statement);
          staleWith(OF_LABELS);
        });
        break;
      case 'candidates-changed':
        void queries.invalidateQueries({ queryKey: ['proposal'] });
        void queries.invalidateQueries({ queryKey: ['associations'] });
        break;
      case 'labels-changed':
        refreshLabelsInTurn();
        staleWith(OF_LABELS);
        break;
      case 'samp-changed':
        void reloadSamp(client);
        break;
      case 'samp-highlight':
        useSelection.getState().select(event.row);
        break;
      case 'samp-selection':
        useSelection.getState().choose(Uint32Array.from(event.rows), 'replace');
        break;
      case 'samp-point':
        useSelection.getState().goTo(event.raDeg, event.decDeg);
        break;
      case 'online-changed':
        // The page's policy is that of its load.
        globalThis.location.reload();
        break;
      case 'notice':
        notify(event.level, event.message);
        void queries.invalidateQueries({ queryKey: DEVICE_QUERY });
        break;
    }
  };

  const listen = async (): Promise<void> => {
    try {
      for await (const event of await client.app.events()) take(event);
    } catch {
      // The stream ends with the connection; its return starts a new one below.
    }
  };

  connection.watch((state) => {
    useProgress.getState().setConnection(state);
    if (state !== 'connected') return;
    useProgress.getState().setTask(undefined);
    useOpening.getState().setSky(undefined);
    void listen();
    void reloadSamp(client);
    shownRun = undefined;
    refreshInTurn();
    void queries.invalidateQueries();
  });
}
