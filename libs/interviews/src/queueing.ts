import { CandidateViews } from './candidate-views.js';
import { Notices } from './notices.js';
import { PlaceCalling } from './place-calling.js';
import { PlaceJoining } from './place-joining.js';
import { PlaceSteps } from './place-steps.js';
import { Places } from './places.js';
import { QueueControl } from './queue-control.js';
import { PlacesController, QueueController } from './queue.controller.js';
import { QueuePace } from './queue-pace.js';
import { QueueStates } from './queue-states.js';
import { QueueViews } from './queue.view.js';
import { Queues } from './queues.js';
import { StationPeople } from './station-people.js';

/** The module's parts up to the call: queues, slots, stations. */
export const queueing = {
  controllers: [QueueController, PlacesController],
  providers: [CandidateViews, Notices, PlaceCalling, PlaceJoining, PlaceSteps, Places, QueueControl, QueuePace, QueueStates, QueueViews, Queues, StationPeople],
};
