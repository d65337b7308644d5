/**
 * The hub's types by name: what REST bodies and portal messages look like.
 * Everything else imports from here and never from `generated/`, so that a renamed schema is one edit.
 */
import type { components } from "./generated/schema";

type Schemas = components["schemas"];

export type EmployeeId = Schemas["EmployeeId"];
export type TeamId = Schemas["TeamId"];
/** Milliseconds since 1970-01-01T00:00:00Z on the hub's clock. */
export type UtcMillis = Schemas["UtcMillis"];

export type Role = Schemas["Role"];
export type Me = Schemas["Me"];
export type Login = Schemas["Login"];
export type SetupState = Schemas["SetupState"];
export type Setup = Schemas["Setup"];
export type Ticket = Schemas["Ticket"];
export type Team = Schemas["Team"];
export type TeamPage = Schemas["Page_Team"];
export type Employee = Schemas["Employee"];
/** How somebody gets in: with a password, not yet but a link is out, or not at all. */
export type SignIn = Schemas["SignIn"];
export type NewEmployee = Schemas["NewEmployee"];
/** What is to change of a person; what is absent stays, `null` as a team takes them out of it. */
export type EmployeeChange = Partial<Schemas["EmployeeChange"]>;
export type Capability = Schemas["Capability"];
/** A one-time link with which a person chooses their password. */
export type Invite = Schemas["InviteLink"];
/** Such a link that nobody has used yet. */
export type OpenInvitation = Schemas["OpenInvitation"];
export type OpenInvitationPage = Schemas["Page_OpenInvitation"];
/** Whom such a link is for. */
export type Invitation = Schemas["Invitation"];
/** One line of a file of people, as the hub understood it. */
export type ImportRow = Schemas["ImportRow"];
/** What such a file would do, or has done. */
export type ImportResult = Schemas["ImportResult"];

export type OrganizationSettings = Schemas["OrganizationSettings"];
export type OrganizationChange = Partial<Schemas["OrganizationChange"]>;
export type WorkingHours = Schemas["Hours"];
/** For how many days each kind of record is kept. */
export type Retention = Schemas["Retention"];
/** What a retention would delete at once. */
export type RetentionPreview = Schemas["RetentionPreview"];

/** What one layer of policy decides; `null`: left to the layer above. */
export type PolicySettings = Schemas["Settings"];
export type PolicyLayer = Schemas["Layer"];
export type PolicyScope = Schemas["LayerScope"];
export type PolicyView = Schemas["PolicyView"];
/** Every layer that decides something. */
export type PolicyLayers = Schemas["Layers"];
export type NewPolicyLayer = Schemas["NewLayer"];

export type Device = Schemas["Device"];
export type DevicePage = Schemas["Page_Device"];
export type EnrolmentCode = Schemas["EnrolmentCode"];

export type AuditRecord = Schemas["AuditRecord"];
export type AuditPage = Schemas["Page_AuditRecord"];
/** What stays of something deleted. */
export type Receipt = Schemas["Receipt"];
export type ReceiptPage = Schemas["Page_Receipt"];
/** Whether the chain of receipts is whole. */
export type Verification = Schemas["Verification"];

/** The open or last work session, as punching in, out or into a break answers it. */
export type WorkSession = Schemas["WorkSessionBody"];
/** One person's hours in a span or on a day; seconds are exact to the millisecond. */
export type WorkSummaryRow = Schemas["WorkSummaryRow"];
/** A session as it was recorded. */
export type WorkSessionRow = Schemas["WorkSessionRow"];
/** What counts, after corrections. */
export type WorkSegmentRow = Schemas["WorkSegmentRow"];

/** What somebody changed about the hours, with author and reason; laid over segments, which stay as they are. */
export type Correction = Schemas["CorrectionBody"];
export type NewCorrection = Schemas["NewCorrection"];
export type CorrectionKind = Schemas["NewKind"];
/** How often a screenshot of somebody is taken. */
export type CaptureInterval = Schemas["CaptureInterval"];
export type CaptureIntervals = Schemas["CaptureIntervals"];

export type NoticeState = Schemas["NoticeState"];
export type NoticeText = Schemas["NoticeText"];
export type NewNotice = Schemas["NewNotice"];
/** A published text, with who published it and how many have acknowledged it. */
export type NoticeVersion = Schemas["NoticeVersion"];
export type NoticeVersionPage = Schemas["Page_NoticeVersion"];
export type Acknowledgement = Schemas["Acknowledgement"];
/** One person's answer to a version of the notice. */
export type AcknowledgementState = Schemas["AcknowledgementState"];
export type AcknowledgementPage = Schemas["Page_AcknowledgementState"];

export type ErrorBody = Schemas["ErrorBody"];
export type ErrorCode = Schemas["ErrorCode"];
export type FieldError = Schemas["FieldError"];

export type PresenceEntry = Schemas["PresenceEntry"];
/** Counts of people at evenly spaced instants, the oldest first. */
export type PresenceHistory = Schemas["PresenceHistory"];
export type Status = Schemas["Status"];
export type Overlay = Schemas["Overlay"];
export type Reason = Schemas["Reason"];
export type Scope = Schemas["Scope"];

export type TrackRef = Schemas["TrackRef"];
export type WatchTrack = Schemas["WatchTrack"];
export type Tier = Schemas["Tier"];
export type TrackState = Schemas["TrackState"];
export type BlankReason = Schemas["BlankReason"];

/** The past pictures of a track that the hub still has, the newest last. */
export type LiveHistory = Schemas["LiveHistory"];
/** One of them. */
export type Moment = Schemas["Moment"];

/** Somebody who watches, on the portal of whom they watch. */
export type Watcher = Schemas["Watcher"];
/** The record that somebody watched. */
export type Viewing = Schemas["Viewing"];
export type ViewingPage = Schemas["Page_Viewing"];
/** A screenshot: where its picture is, and when it was taken. */
export type Upload = Schemas["Upload"];
/** Somebody's latest screenshots. */
export type RecentUploads = Schemas["Recent"];
/** What stays of a screenshot that was deleted. */
export type DeletionReceipt = Schemas["DeletionReceipt"];
export type ScreenshotId = Schemas["ScreenshotId"];

export type PortalUp = Schemas["PortalUp"];
export type PortalDown = Schemas["PortalDown"];
export type Close = Schemas["Close"];

/** One kind of message of a tagged union: `MessageOf<PortalDown, "ready">`. */
export type MessageOf<Union extends { type: string }, Type extends Union["type"]> = Extract<Union, { type: Type }>;

/** Something about a person that somebody should look at; without `until` while it holds. */
export type Alert = Schemas["Alert"];
export type AlertKind = Schemas["AlertKind"];
export type AlertPage = Schemas["Page_Alert"];
/** Which alerts an organization wants. Everything but failing pictures is off until somebody wants it. */
export type AlertRules = Schemas["AlertRules"];

/** The hub at a moment. What the machine does not tell is null. */
export type System = Schemas["SystemView"];
/** A build that lies in the hub's data folder. */
export type Build = Schemas["Download"];
export type Builds = Schemas["Downloads"];
