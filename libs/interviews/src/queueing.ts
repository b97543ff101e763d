import { BookingCalendar } from './booking-calendar.js';
import { Bookings } from './bookings.js';
import { CandidateViews } from './candidate-views.js';
import { Notices } from './notices.js';
import { PlaceCalling } from './place-calling.js';
import { PlaceJoining } from './place-joining.js';
import { PlaceSteps } from './place-steps.js';
import { Places } from './places.js';
import { QueueControl } from './queue-control.js';
import { PlacesController, QueueController } from './queue.controller.js';
import { QueuePace } from './queue-pace.js';
import { QueueReactors } from './queue-reactors.js';
import { QueueRights } from './queue-rights.js';
import { QueueStates } from './queue-states.js';
import { QueueViews } from './queue.view.js';
import { Queues } from './queues.js';
import { SlotCalls } from './slot-calls.js';
import { SlotHeirs } from './slot-heirs.js';
import { SlotLateness } from './slot-lateness.js';
import { SlotMoving } from './slot-moving.js';
import { SlotPublishing } from './slot-publishing.js';
import { SlotViews } from './slot.view.js';
import { BookingsController, SlotsController } from './slots.controller.js';
import { Slots } from './slots.js';
import { StationController } from './station.controller.js';
import { StationPeople } from './station-people.js';
import { StationRegistry } from './station-registry.js';
import { StationViews } from './station.view.js';

/** The module's parts up to the call: queues, slots, stations. */
export const queueing = {
  controllers: [QueueController, PlacesController, SlotsController, BookingsController, StationController],
  providers: [
    BookingCalendar, Bookings, CandidateViews, Notices, PlaceCalling, PlaceJoining, PlaceSteps, Places, QueueControl, QueuePace, QueueReactors, QueueRights, QueueStates, QueueViews, Queues,
    SlotCalls, SlotHeirs, SlotLateness, SlotMoving, SlotPublishing, SlotViews, Slots, StationPeople, StationRegistry, StationViews,
  ],
};
