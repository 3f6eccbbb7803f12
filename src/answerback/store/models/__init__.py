"""Every table, one module per subject."""

from answerback.store.models.accounts import ActOnce, AgencyAdmin, AuditEntry, JoinLink
from answerback.store.models.advice import Advice
from answerback.store.models.alerts import Alert, AlertWay, PushKeys
from answerback.store.models.attachments import Attachment
from answerback.store.models.attempts import Attempt, Counted
from answerback.store.models.calendar import Appointment, AppointmentType, AreaWay, Busy, OwnEntry, Resource
from answerback.store.models.conversations import Conversation, Event, Lead, RevenueEntry
from answerback.store.models.crm import CrmCopy, CrmReport, OutsideCrm
from answerback.store.models.desk import Looking, Note, SavedView, Snippet
from answerback.store.models.invitations import Invitation
from answerback.store.models.learning import Correction, LeadWording
from answerback.store.models.line_tests import LineTest
from answerback.store.models.look_ups import LookUp
from answerback.store.models.measures import DayMeasure, LeadMeasure, LeadTurn, MeasuredUpTo, MonthMeasure
from answerback.store.models.messages import Message, Receipt
from answerback.store.models.on_call import Shift, ShiftOverride, Wake
from answerback.store.models.operating import Erasure, NumberKey, WorkerBeat
from answerback.store.models.our_calls import OurCall
from answerback.store.models.outside import BookingPage, Entry, Feed, OutsideBooking, OutsideCalendar, SignInApp
from answerback.store.models.people import (
    Consent,
    Contact,
    ContactApart,
    ContactMerge,
    ContactPerson,
    KnownNumber,
    Suppression,
    Upload,
    UploadRow,
)
from answerback.store.models.programs import ApiAnswer, Token
from answerback.store.models.reasons import Decision, SecurityEvent
from answerback.store.models.reporting import MonthlyLetter, ReportLink, WeeklyLetter
from answerback.store.models.rules import PlaybookDraft, PlaybookVersion
from answerback.store.models.sign_ins import SignIn
from answerback.store.models.targets import Notice, Target
from answerback.store.models.tenancy import Agency, Business, Connection, Line, Location, Member, User
from answerback.store.models.videos import Release, Showing, Video, VideoFile, VideoUpload, Watched
from answerback.store.models.watches import LineFinding, Watch
from answerback.store.models.work import Page, Todo

__all__ = [
    "ActOnce",
    "Advice",
    "Agency",
    "AgencyAdmin",
    "Alert",
    "AlertWay",
    "ApiAnswer",
    "Appointment",
    "AppointmentType",
    "AreaWay",
    "Attachment",
    "Attempt",
    "AuditEntry",
    "BookingPage",
    "Business",
    "Busy",
    "Connection",
    "Consent",
    "Contact",
    "ContactApart",
    "ContactMerge",
    "ContactPerson",
    "Conversation",
    "Correction",
    "Counted",
    "CrmCopy",
    "CrmReport",
    "DayMeasure",
    "Decision",
    "Entry",
    "Erasure",
    "Event",
    "Feed",
    "Invitation",
    "JoinLink",
    "KnownNumber",
    "Lead",
    "LeadMeasure",
    "LeadTurn",
    "LeadWording",
    "Line",
    "LineFinding",
    "LineTest",
    "Location",
    "LookUp",
    "Looking",
    "MeasuredUpTo",
    "Member",
    "Message",
    "MonthMeasure",
    "MonthlyLetter",
    "Note",
    "Notice",
    "NumberKey",
    "OurCall",
    "OutsideBooking",
    "OutsideCalendar",
    "OutsideCrm",
    "OwnEntry",
    "Page",
    "PlaybookDraft",
    "PlaybookVersion",
    "PushKeys",
    "Receipt",
    "Release",
    "ReportLink",
    "Resource",
    "RevenueEntry",
    "SavedView",
    "SecurityEvent",
    "Shift",
    "ShiftOverride",
    "Showing",
    "SignIn",
    "SignInApp",
    "Snippet",
    "Suppression",
    "Target",
    "Todo",
    "Token",
    "Upload",
    "UploadRow",
    "User",
    "Video",
    "VideoFile",
    "VideoUpload",
    "Wake",
    "Watch",
    "Watched",
    "WeeklyLetter",
    "WorkerBeat",
]
