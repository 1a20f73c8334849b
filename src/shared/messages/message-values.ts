/** What each message has to be given. Written by `npm run messages` from en-US.json. */
export interface MessageValues {
  'about.engine': { readonly chrome: string; readonly electron: string; readonly node: string }
  'about.licences': null
  'accountForm.addTitle': null
  'accountForm.apiAddress': null
  'accountForm.apiAddressHint': null
  'accountForm.apiKeyStays': { readonly last4: string }
  'accountForm.checking': { readonly who: string }
  'accountForm.color': null
  'accountForm.colors.cyan': null
  'accountForm.colors.grape': null
  'accountForm.colors.gray': null
  'accountForm.colors.indigo': null
  'accountForm.colors.lime': null
  'accountForm.colors.orange': null
  'accountForm.colors.pink': null
  'accountForm.colors.teal': null
  'accountForm.editTitle': null
  'accountForm.keepThisRun': null
  'accountForm.keepThisRunHint': null
  'accountForm.keyRejected': { readonly who: string }
  'accountForm.name': null
  'accountForm.nameHint': null
  'accountForm.provider': null
  'accountForm.readOnly': null
  'accountForm.readOnlyHint': null
  'accountForm.save': null
  'accountForm.saveAnyway': null
  'accountForm.showTyped': null
  'accountForm.unchecked': { readonly who: string }
  'accounts.add': null
  'accounts.apiAddress': null
  'accounts.check': null
  'accounts.edit': null
  'accounts.emptyText': null
  'accounts.emptyTitle': null
  'accounts.forget': null
  'accounts.forgetText': { readonly who: string }
  'accounts.forgetTitle': { readonly name: string }
  'accounts.key': null
  'accounts.lastCheck': null
  'accounts.noFirstKey': null
  'accounts.remove': null
  'accounts.removeText': { readonly who: string }
  'accounts.removeTitle': { readonly name: string }
  'accounts.title': null
  'agenda.empty': null
  'agenda.later': { readonly time: string; readonly what: string }
  'agenda.named': { readonly kind: string; readonly name: string }
  'agenda.now': { readonly what: string }
  'agenda.pause': null
  'agenda.paused': null
  'agenda.resume': null
  'agenda.several': { readonly count: number; readonly kind: string }
  'agenda.text': null
  'agenda.title': null
  'agenda.underWay': null
  'answer.bug': { readonly reference: string }
  'answer.error': { readonly status: string; readonly who: string }
  'answer.failed': null
  'answer.lost': null
  'answer.notFound': { readonly who: string }
  'answer.redirected': null
  'answer.redirectedTo': { readonly host: string }
  'answer.status': { readonly status: string; readonly who: string }
  'answer.unusable': null
  'app.name': null
  'appError.bug.advice': null
  'appError.bug.meaning': { readonly reference: string }
  'appError.bug.title': null
  'asset.errorForetold': { readonly type: string }
  'asset.errorType': { readonly type: string }
  'asset.label': {
    readonly id: string
    readonly isPinned: string
    readonly name: string
    readonly state: string
  }
  'asset.noReason': { readonly who: string }
  'asset.origin.own': null
  'asset.origin.stock': null
  'asset.origin.unknown': null
  'asset.reason': { readonly message: string; readonly who: string }
  'asset.still': { readonly hours: number; readonly wait: string }
  'asset.stillLong': { readonly hours: number; readonly wait: string; readonly who: string }
  'asset.unnamed': null
  'assetDeletion.accepted': { readonly time: string; readonly who: string }
  'assetDeletion.held': null
  'assetDeletion.inFlight': { readonly who: string }
  'assetDeletion.overdue': { readonly time: string; readonly who: string }
  'assetDeletion.saysDeleted': { readonly time: string; readonly who: string }
  'assetDeletion.scheduled': null
  'assetDeletion.stillListed': { readonly time: string; readonly who: string }
  'assetDeletion.unclear': { readonly time: string; readonly who: string }
  'assetDeletion.waiting': { readonly state: string }
  'assetState.accepted': null
  'assetState.cloning': null
  'assetState.deleted': null
  'assetState.ended': null
  'assetState.failed': null
  'assetState.generating': null
  'assetState.generatingAt': { readonly progress: number }
  'assetState.gone': null
  'assetState.held': null
  'assetState.inFlight': null
  'assetState.overdue': null
  'assetState.preparing': null
  'assetState.preview': null
  'assetState.queued': null
  'assetState.ready': null
  'assetState.saysDeleted': null
  'assetState.scheduled': null
  'assetState.stillListed': null
  'assetState.talking': null
  'assetState.training': null
  'assetState.trainingAt': { readonly progress: number }
  'assetState.trainingFailed': null
  'assetState.unclear': null
  'assetState.unknown': null
  'assetState.waiting.connection': null
  'assetState.waiting.key': null
  'assetState.waiting.none': null
  'assetState.waiting.pace': null
  'assetState.waiting.person': null
  'assetState.waiting.review': null
  'assetState.waiting.storage': null
  'backup.again': null
  'backup.busyText': null
  'backup.button': null
  'backup.cancel': null
  'backup.care': null
  'backup.checking': null
  'backup.choose': null
  'backup.copying': null
  'backup.failed': null
  'backup.hint': null
  'backup.progress': null
  'backup.sample': null
  'backup.saved': { readonly file: string }
  'backup.savedText': {
    readonly assets: number
    readonly persons: number
    readonly pictures: number
    readonly records: number
    readonly size: string
  }
  'backup.show': null
  'backup.stopped': null
  'backup.stoppedText': null
  'backup.text': null
  'backup.title': null
  'backup.writing': null
  'backupFile.history': { readonly deletions: number; readonly records: number }
  'backupFile.library': {
    readonly accounts: number
    readonly assets: number
    readonly drafts: number
    readonly pictures: number
  }
  'backupFile.madeAt': { readonly at: string; readonly computer: string }
  'backupFile.noKeys': null
  'backupFile.people': { readonly consentNotes: number; readonly persons: number }
  'backupFile.settings': null
  'backupFile.title': { readonly version: string }
  'backupFile.use': null
  'batches.askedWhen': { readonly mode: string; readonly time: string }
  'batches.cancel': null
  'batches.change.added': { readonly thing: string }
  'batches.change.address': { readonly address: string; readonly name: string }
  'batches.change.caution': { readonly caution: string; readonly thing: string }
  'batches.change.clockAhead': { readonly span: string }
  'batches.change.clockBack': { readonly span: string }
  'batches.change.clockBehind': { readonly span: string }
  'batches.change.clockForward': { readonly span: string }
  'batches.change.kept': { readonly thing: string }
  'batches.change.key': { readonly name: string }
  'batches.change.not-readable': { readonly thing: string }
  'batches.change.otherCaution': { readonly thing: string }
  'batches.change.renamed': { readonly thing: string }
  'batches.change.status': { readonly thing: string }
  'batches.change.vanished': { readonly thing: string }
  'batches.changeTo.added': { readonly detail: string; readonly thing: string }
  'batches.changeTo.not-readable': { readonly detail: string; readonly thing: string }
  'batches.changeTo.renamed': { readonly detail: string; readonly thing: string }
  'batches.changeTo.status': { readonly detail: string; readonly thing: string }
  'batches.changeTo.vanished': { readonly detail: string; readonly thing: string }
  'batches.changes': null
  'batches.close': null
  'batches.count.accepted': { readonly count: number }
  'batches.count.already-gone': { readonly count: number }
  'batches.count.canceled': { readonly count: number }
  'batches.count.changed': { readonly count: number }
  'batches.count.done': { readonly count: number; readonly who: string }
  'batches.count.gone': { readonly count: number }
  'batches.count.not-found': { readonly count: number; readonly who: string }
  'batches.count.open': { readonly count: number }
  'batches.count.refused': { readonly count: number }
  'batches.count.stillListed': { readonly count: number }
  'batches.count.unclear': { readonly count: number }
  'batches.deletingIn': { readonly subject: string }
  'batches.deletingSpoken': { readonly subject: string; readonly time: string }
  'batches.dismiss': null
  'batches.emptyText': null
  'batches.emptyTitle': null
  'batches.heading.cleanup': { readonly name: string }
  'batches.heading.likeness': { readonly name: string }
  'batches.heading.person': { readonly name: string }
  'batches.heading.teardown': { readonly name: string }
  'batches.hideItems': null
  'batches.hidePast': null
  'batches.hold': null
  'batches.item.accepted': { readonly who: string }
  'batches.item.acceptedGone': { readonly who: string }
  'batches.item.acceptedListed': { readonly who: string }
  'batches.item.alreadyGone': null
  'batches.item.alreadyListedAsDeleted': null
  'batches.item.canceled': null
  'batches.item.canceledLate': { readonly who: string }
  'batches.item.changeUnclear': null
  'batches.item.done': { readonly who: string }
  'batches.item.doneOffline': { readonly who: string }
  'batches.item.donePermanent': { readonly who: string }
  'batches.item.doneRepointed': { readonly who: string }
  'batches.item.gone': { readonly lost: string }
  'batches.item.held': null
  'batches.item.listedAsDeleted': { readonly lost: string }
  'batches.item.notChanged': null
  'batches.item.notFound': { readonly who: string }
  'batches.item.notSent': null
  'batches.item.planned': null
  'batches.item.queued': null
  'batches.item.queuedPace': { readonly who: string }
  'batches.item.queuedVersions': { readonly who: string }
  'batches.item.refused': null
  'batches.item.refusedListed': { readonly lost: string }
  'batches.item.refusedPace': { readonly who: string }
  'batches.item.refusedUnknown': { readonly who: string }
  'batches.item.saysDeleted': null
  'batches.item.seenOffline': null
  'batches.item.seenRepointed': null
  'batches.item.sent': { readonly who: string }
  'batches.item.unclear': { readonly lost: string }
  'batches.item.unclearListed': { readonly lost: string }
  'batches.items': null
  'batches.morePast': { readonly left: number }
  'batches.noPast': null
  'batches.open': null
  'batches.openCount': { readonly count: number }
  'batches.past': null
  'batches.pause': null
  'batches.permanent': null
  'batches.progress': null
  'batches.receiptJson': null
  'batches.receiptPdf': null
  'batches.resume': null
  'batches.retry': null
  'batches.saveReceipt': null
  'batches.show': null
  'batches.showItems': null
  'batches.showPast': null
  'batches.state.canceledAfter': { readonly count: number; readonly total: number }
  'batches.state.completed': null
  'batches.state.held': null
  'batches.state.refused': { readonly count: number }
  'batches.state.running': null
  'batches.state.runningLeft': { readonly time: string }
  'batches.state.scheduled': null
  'batches.state.scheduledFor': { readonly when: string }
  'batches.state.someNotFound': null
  'batches.state.unclear': { readonly count: number }
  'batches.state.undone': null
  'batches.state.waiting': null
  'batches.still.connection': { readonly subject: string }
  'batches.still.key': { readonly subject: string }
  'batches.still.open': { readonly subject: string }
  'batches.still.paused': { readonly subject: string }
  'batches.still.restart': { readonly subject: string }
  'batches.still.sleep': { readonly subject: string }
  'batches.subject.cleanup': { readonly name: string }
  'batches.subject.likeness': { readonly name: string }
  'batches.subject.person': { readonly name: string }
  'batches.subject.teardown': { readonly name: string }
  'batches.title': null
  'batches.toAccount': null
  'batches.undo': null
  'batches.wait.changed': null
  'batches.wait.clock': null
  'batches.wait.connection': null
  'batches.wait.key': { readonly who: string }
  'batches.wait.pace': { readonly who: string }
  'batches.wait.paceUntil': { readonly time: string; readonly who: string }
  'batches.wait.person': null
  'batches.wait.personRest': null
  'batches.wait.restart': null
  'batches.wait.restartRest': { readonly left: number; readonly total: number }
  'batches.wait.sleep': null
  'batches.wait.storage': null
  'bucketForm.accessKeyId': null
  'bucketForm.addTitle': null
  'bucketForm.bucket': null
  'bucketForm.checking': null
  'bucketForm.editTitle': null
  'bucketForm.endpoint': null
  'bucketForm.name': null
  'bucketForm.pathStyle': null
  'bucketForm.pathStyleHint': null
  'bucketForm.prefix': null
  'bucketForm.prefixHint': null
  'bucketForm.region': null
  'bucketForm.rights': null
  'bucketForm.save': null
  'bucketForm.secretHint': null
  'bucketForm.secretKey': null
  'bucketForm.secretStays': { readonly last4: string }
  'bucketForm.service': null
  'bucketForm.showTyped': null
  'bucketService.aws': null
  'bucketService.b2': null
  'bucketService.minio': null
  'bucketService.other': null
  'bucketService.r2': null
  'bucketService.wasabi': null
  'bucketTest.missingRight': { readonly right: string }
  'bucketTest.notTested': null
  'bucketTest.works': null
  'buckets.add': null
  'buckets.edit': null
  'buckets.intro': null
  'buckets.lastTest': null
  'buckets.leftover.failed': { readonly file: string; readonly name: string; readonly size: string }
  'buckets.leftover.gone': { readonly file: string; readonly name: string; readonly size: string }
  'buckets.leftover.trained': {
    readonly file: string
    readonly name: string
    readonly size: string
  }
  'buckets.leftover.unknown': { readonly file: string; readonly size: string }
  'buckets.leftover.unused': { readonly file: string; readonly size: string }
  'buckets.leftoverUnfinished': { readonly count: number }
  'buckets.leftovers': null
  'buckets.noLeftovers': null
  'buckets.place': null
  'buckets.region': null
  'buckets.remove': null
  'buckets.removeFile': { readonly file: string }
  'buckets.removeText': null
  'buckets.removeTitle': { readonly name: string }
  'buckets.removeUnfinished': null
  'buckets.secret': null
  'buckets.test': null
  'buckets.title': null
  'cautions.active-conversation': null
  'cautions.already-asked': null
  'cautions.base-of-training': null
  'cautions.brief.active-conversation': null
  'cautions.brief.already-asked': null
  'cautions.brief.base-of-training': null
  'cautions.brief.deployed': null
  'cautions.brief.failed-recently': null
  'cautions.brief.name-stays-taken': null
  'cautions.brief.no-new-face': null
  'cautions.brief.not-gone-yet': null
  'cautions.brief.not-owner': null
  'cautions.brief.not-private': null
  'cautions.brief.others-ran-it': null
  'cautions.brief.overridden': null
  'cautions.brief.pal-in-use': null
  'cautions.brief.perhaps-not-its-page': null
  'cautions.brief.perhaps-not-its-voice': null
  'cautions.brief.pinned': null
  'cautions.brief.read-only-account': null
  'cautions.brief.still-unclear': null
  'cautions.brief.stock-persona': null
  'cautions.brief.stock-replica': null
  'cautions.brief.stock-voice': null
  'cautions.brief.training-running': null
  'cautions.brief.versions-left': null
  'cautions.brief.voice-in-use': null
  'cautions.deployed': null
  'cautions.failed-recently': null
  'cautions.name-stays-taken': null
  'cautions.no-new-face': null
  'cautions.not-gone-yet': null
  'cautions.not-owner': null
  'cautions.not-private': null
  'cautions.others-ran-it': null
  'cautions.overridden': null
  'cautions.pal-in-use': null
  'cautions.perhaps-not-its-page': null
  'cautions.perhaps-not-its-voice': null
  'cautions.pinned': null
  'cautions.read-only-account': null
  'cautions.still-unclear': null
  'cautions.stock-persona': null
  'cautions.stock-replica': null
  'cautions.stock-voice': null
  'cautions.sureness.certain': null
  'cautions.sureness.likely': null
  'cautions.sureness.unknown': null
  'cautions.training-running': null
  'cautions.unchecked.base-of-training': null
  'cautions.unchecked.deployed': null
  'cautions.unchecked.not-owner': null
  'cautions.unchecked.not-private': null
  'cautions.unchecked.others-ran-it': null
  'cautions.unchecked.overridden': null
  'cautions.unchecked.pal-in-use': null
  'cautions.unchecked.perhaps-not-its-voice': null
  'cautions.unchecked.versions-left': null
  'cautions.unchecked.voice-in-use': null
  'cautions.versions-left': null
  'cautions.voice-in-use': null
  'checks.after': { readonly result: string; readonly span: string; readonly what: string }
  'checks.atOnce': { readonly result: string; readonly what: string }
  'checks.due': { readonly what: string; readonly when: string }
  'checks.result.gone': null
  'checks.result.offline': null
  'checks.result.reachable': null
  'checks.result.says-deleted': null
  'checks.result.still-there': null
  'checks.result.unknown': null
  'checks.result.unreachable': null
  'checks.what.asset': null
  'checks.what.download': null
  'checks.what.hosted': null
  'checks.what.stream': null
  'checks.what.thumbnail': null
  'choice.consent-video': null
  'choice.image': null
  'choice.non-human': null
  'choice.personal': null
  'choice.training-video': null
  'choice.video': null
  'commands.add-account': null
  'commands.back-up': null
  'commands.check-for-updates': null
  'commands.command-palette': null
  'commands.find': null
  'commands.go-accounts': null
  'commands.go-conversations': null
  'commands.go-history': null
  'commands.go-inbox': null
  'commands.go-models': null
  'commands.go-pals': null
  'commands.go-people': null
  'commands.go-replicas': null
  'commands.go-settings': null
  'commands.go-versions': null
  'commands.go-videos': null
  'commands.go-voices': null
  'commands.new-replica': null
  'commands.open-docs': null
  'commands.refresh': null
  'commands.report-problem': null
  'commands.restore': null
  'commands.shortcuts': null
  'commands.undo-deletion': null
  'commands.verify-receipt': null
  'common.account': null
  'common.allAccounts': null
  'common.cancel': null
  'common.close': null
  'common.copied': null
  'common.copyDetails': null
  'common.off': null
  'common.on': null
  'common.partOf': { readonly part: number; readonly whole: number }
  'common.readOnly': null
  'common.refresh': null
  'common.reload': null
  'common.sampleData': null
  'common.search': null
  'common.stop': null
  'common.tryAgain': null
  'common.undo': null
  'common.unknown': null
  'consent.add': null
  'consent.chooseClip': null
  'consent.choosePerson': null
  'consent.clip': null
  'consent.clipHash': { readonly hash: string }
  'consent.export': null
  'consent.file.clip': { readonly file: string }
  'consent.file.givenOn': { readonly day: string }
  'consent.file.noEnd': null
  'consent.file.place': { readonly place: string }
  'consent.file.scope': { readonly scope: string }
  'consent.file.spokenName': { readonly name: string }
  'consent.file.title': { readonly name: string }
  'consent.file.untilOn': { readonly day: string }
  'consent.file.writtenAt': { readonly at: string }
  'consent.formTitle': null
  'consent.givenOn': null
  'consent.namesake': { readonly day: string; readonly name: string }
  'consent.noClip': null
  'consent.noEnd': null
  'consent.none': null
  'consent.noteTitle': { readonly day: string; readonly name: string }
  'consent.own': null
  'consent.place': { readonly place: string }
  'consent.reading': null
  'consent.remove': null
  'consent.removeNamed': { readonly title: string }
  'consent.removeText': null
  'consent.removeTitle': null
  'consent.save': null
  'consent.scope': null
  'consent.scopeHint': null
  'consent.spokenIn': null
  'consent.statement': null
  'consent.title': null
  'consent.until': null
  'creation.account': null
  'creation.addEmpty': null
  'creation.advanced': null
  'creation.apply': null
  'creation.applyText': null
  'creation.applyTitle': null
  'creation.applyToAll': null
  'creation.callbackHint': null
  'creation.callbackLink': null
  'creation.chooseAccount': null
  'creation.clearLink': { readonly field: string }
  'creation.column.consent': null
  'creation.column.name': null
  'creation.column.source': null
  'creation.column.verdict': null
  'creation.consentVideoLink': null
  'creation.copyStatement': null
  'creation.create': null
  'creation.createAll': null
  'creation.createAllCount': { readonly ready: number }
  'creation.createdNamed': { readonly name: string }
  'creation.createdText': null
  'creation.createdUnnamed': null
  'creation.creatingAll': { readonly left: number }
  'creation.discard': null
  'creation.discardAll': null
  'creation.discardAllText': null
  'creation.discardAllTitle': null
  'creation.dismiss': null
  'creation.draftLabel': { readonly name: string; readonly position: number }
  'creation.draftUnnamed': { readonly position: number }
  'creation.drafts': { readonly count: number }
  'creation.dropText': null
  'creation.dropTitle': null
  'creation.guide': null
  'creation.imageHint': null
  'creation.import': null
  'creation.importHint': null
  'creation.keepAsDraft': null
  'creation.leaveAsIs': null
  'creation.linkAgain': null
  'creation.linkAgainWhy': null
  'creation.lookAgain': null
  'creation.memoryOnly': null
  'creation.namePlaceholder': null
  'creation.needAccount': null
  'creation.noAccount': null
  'creation.noConsent': null
  'creation.noImageYet': null
  'creation.noLink': { readonly field: string }
  'creation.noLinkYet': null
  'creation.nonHumanHint': null
  'creation.notListed': null
  'creation.notListedText': null
  'creation.personalHint': null
  'creation.prompter.keys': null
  'creation.prompter.mirror': null
  'creation.prompter.pace': null
  'creation.prompter.pause': null
  'creation.prompter.restart': null
  'creation.prompter.start': null
  'creation.prompter.wordsPerMinute': { readonly words: number }
  'creation.region': null
  'creation.sampleFill': null
  'creation.sampleLinks': null
  'creation.show': null
  'creation.spokenPlaceholder': null
  'creation.statementSource': null
  'creation.statementTitle': null
  'creation.summary': null
  'creation.table': null
  'creation.teleprompter': null
  'creation.template': null
  'creation.templateHint': null
  'creation.title': null
  'creation.trainImageLink': null
  'creation.trainVideoLink': null
  'creation.unclear': null
  'creation.unsettled': null
  'creation.unsettledText': null
  'creation.urlPlaceholder': null
  'creation.useMended': null
  'creation.usualModel': null
  'creation.voiceHint': null
  'deed.accept': null
  'deed.acceptHistory': null
  'deed.changeAccount': { readonly known: string; readonly name: string }
  'deed.changeAccountButton': null
  'deed.changeBucket': { readonly known: string; readonly name: string }
  'deed.changeBucketButton': null
  'deed.changeSetting': null
  'deed.choose': null
  'deed.chooseClip': null
  'deed.chooseExportFolder': null
  'deed.chooseVideo': null
  'deed.clearHistory': null
  'deed.copy': null
  'deed.copyLink': null
  'deed.deleteButton': null
  'deed.deleteCount': { readonly count: number; readonly mode: string }
  'deed.deleteNamed': { readonly mode: string; readonly title: string }
  'deed.deleteUnknown': null
  'deed.fitVideo': null
  'deed.forgetKey': { readonly known: string; readonly name: string }
  'deed.forgetNames': null
  'deed.installUpdate': null
  'deed.noHold': null
  'deed.open': null
  'deed.openBackup': null
  'deed.openLink': null
  'deed.openPage': null
  'deed.openReleases': null
  'deed.read': null
  'deed.readTranscript': null
  'deed.removeAccount': { readonly known: string; readonly name: string }
  'deed.removeBucket': { readonly known: string; readonly name: string }
  'deed.removeConsentNote': null
  'deed.removePerson': null
  'deed.removePersonButton': null
  'deed.removePictures': null
  'deed.removeUnfinished': { readonly count: number }
  'deed.removeUploaded': null
  'deed.removeUploadedButton': null
  'deed.renewKey': null
  'deed.renewKeyButton': null
  'deed.restore': null
  'deed.restoreBackup': null
  'deed.restoreFile': null
  'deed.resumeAll': null
  'deed.resumeDeletion': null
  'deed.retryDeletion': null
  'deed.revealData': null
  'deed.saveArchive': null
  'deed.saveBackup': null
  'deed.saveConsents': null
  'deed.saveDiagnostics': null
  'deed.saveHistory': null
  'deed.savePerson': null
  'deed.savePlan': null
  'deed.saveReceipt': null
  'deed.saveTemplate': null
  'deed.saveTranscript': null
  'deed.shorterHold': null
  'deed.show': null
  'deed.showBackup': null
  'deed.showExport': null
  'deed.showSaved': null
  'deed.unpin': { readonly count: number }
  'deed.verifyReceipt': null
  'detail.account': null
  'detail.asOf': null
  'detail.clipGone': null
  'detail.close': null
  'detail.copyLinks.download': null
  'detail.copyLinks.hosted': null
  'detail.copyLinks.stream': null
  'detail.copyScript': null
  'detail.createAgain': null
  'detail.created': null
  'detail.delete': null
  'detail.deletions': null
  'detail.firstSeen': null
  'detail.heldWith': null
  'detail.history': null
  'detail.id': null
  'detail.label': null
  'detail.left': { readonly count: number; readonly usual: string; readonly wait: string }
  'detail.leftAtMost': { readonly wait: string }
  'detail.links': null
  'detail.madeWith': null
  'detail.model': null
  'detail.more': null
  'detail.noHistory': null
  'detail.overUsual': { readonly count: number; readonly usual: string }
  'detail.pal.face': null
  'detail.pal.noPages': null
  'detail.pal.openPlan': null
  'detail.pal.pages': null
  'detail.pal.pagesLoading': null
  'detail.pastDeletions': null
  'detail.pause': null
  'detail.pinned': null
  'detail.pinnedHint': null
  'detail.play': null
  'detail.preview': null
  'detail.rename': null
  'detail.showNamed': { readonly name: string }
  'detail.showReplica': { readonly name: string }
  'detail.showVideos': { readonly count: number }
  'detail.trainingTime': null
  'detail.type': null
  'detail.updated': null
  'detail.usually': { readonly count: number; readonly usual: string }
  'detail.videosMade': null
  'detail.voice.how.default': null
  'detail.voice.how.original': null
  'detail.voice.how.own': null
  'detail.voice.how.shows': null
  'detail.voice.noSample': null
  'detail.voice.sample': { readonly name: string }
  'detail.voice.sampleGone': null
  'detail.voice.unused': null
  'detail.voice.usedBy': null
  'detailName.audio_url': null
  'detailName.background_source_url': null
  'detailName.background_url': null
  'detailName.callback_host': null
  'detailName.default_voice_id': null
  'detailName.description': null
  'detailName.external_voice_id': null
  'detailName.finetune_status': null
  'detailName.original_voice_id': null
  'detailName.persona_id': null
  'detailName.recording_bucket': null
  'detailName.script': null
  'detailName.start_with_wave': null
  'detailName.status_details': null
  'detailName.tags': null
  'detailName.voice_id': null
  'dialog.backups': null
  'dialog.crashed': null
  'dialog.crashedDetail': { readonly count: number }
  'dialog.dataFolder': { readonly folder: string }
  'dialog.dontQuit': null
  'dialog.noPress': null
  'dialog.openDataFolder': null
  'dialog.quit': null
  'dialog.quitAsk': { readonly count: number }
  'dialog.tryAgain': null
  'dialog.videos': null
  'draft.fieldIssue': { readonly field: string; readonly text: string }
  'draft.link.callbackUrl': null
  'draft.link.consentVideoUrl': null
  'draft.link.trainImageUrl': null
  'draft.link.trainVideoUrl': null
  'draft.linkAgain': { readonly field: string }
  'draft.linksAgain': { readonly links: string }
  'draft.readyBut': { readonly text: string }
  'draft.standing.created': { readonly count: number }
  'draft.standing.creating': { readonly count: number }
  'draft.standing.needs-you': { readonly count: number }
  'draft.standing.ready': { readonly count: number }
  'draft.standing.unclear': { readonly count: number }
  'draft.standing.unsettled': { readonly count: number }
  'draft.state.created': null
  'draft.state.creating': null
  'draft.state.needs-you': null
  'draft.state.ready': null
  'draft.state.unclear': null
  'draft.state.unsettled': null
  'draft.uploadFailed': null
  'draft.uploadPaused': { readonly share: number }
  'draft.uploading': { readonly share: number }
  'drop.files.title': { readonly count: number }
  'drop.links.title': null
  'drop.models.text': null
  'drop.models.title': null
  'drop.text': { readonly who: string }
  'drop.videos.text': null
  'drop.videos.title': { readonly count: number }
  'ends.pace': { readonly who: string }
  'ends.paceAdvice': null
  'ends.stillListed': null
  'ends.stillListedAdvice': null
  'error.account-changed.advice': null
  'error.account-changed.meaning': null
  'error.account-changed.title': null
  'error.answer-endless.advice': null
  'error.answer-endless.meaning': null
  'error.answer-endless.title': null
  'error.answer-incomplete.advice': null
  'error.answer-incomplete.meaning': null
  'error.answer-incomplete.title': null
  'error.answer-not-json.advice': null
  'error.answer-not-json.meaning': null
  'error.answer-not-json.title': null
  'error.answer-redirect.advice': null
  'error.answer-redirect.meaning': null
  'error.answer-redirect.title': null
  'error.answer-shape.advice': null
  'error.answer-shape.meaning': null
  'error.answer-shape.title': null
  'error.answer-too-large.advice': null
  'error.answer-too-large.meaning': null
  'error.answer-too-large.title': null
  'error.backup-damaged.advice': null
  'error.backup-damaged.meaning': null
  'error.backup-damaged.title': null
  'error.backup-newer-version.advice': null
  'error.backup-newer-version.meaning': null
  'error.backup-newer-version.title': null
  'error.backup-not-one.advice': null
  'error.backup-not-one.meaning': null
  'error.backup-not-one.title': null
  'error.bucket-busy.advice': null
  'error.bucket-busy.meaning': null
  'error.bucket-busy.title': null
  'error.bucket-denied.advice': null
  'error.bucket-denied.meaning': null
  'error.bucket-denied.title': null
  'error.bucket-file-changed.advice': null
  'error.bucket-file-changed.meaning': null
  'error.bucket-file-changed.title': null
  'error.bucket-file-empty.advice': null
  'error.bucket-file-empty.meaning': null
  'error.bucket-file-empty.title': null
  'error.bucket-file-missing.advice': null
  'error.bucket-file-missing.meaning': null
  'error.bucket-file-missing.title': null
  'error.bucket-file-unreadable.advice': null
  'error.bucket-file-unreadable.meaning': null
  'error.bucket-file-unreadable.title': null
  'error.bucket-insecure.advice': null
  'error.bucket-insecure.meaning': null
  'error.bucket-insecure.title': null
  'error.bucket-no-bucket.advice': null
  'error.bucket-no-bucket.meaning': null
  'error.bucket-no-bucket.title': null
  'error.bucket-not-s3.advice': null
  'error.bucket-not-s3.meaning': null
  'error.bucket-not-s3.title': null
  'error.bucket-not-verified.advice': null
  'error.bucket-not-verified.meaning': null
  'error.bucket-not-verified.title': null
  'error.bucket-object-gone.advice': null
  'error.bucket-object-gone.meaning': null
  'error.bucket-object-gone.title': null
  'error.bucket-other.advice': null
  'error.bucket-other.meaning': null
  'error.bucket-other.title': null
  'error.bucket-server-fault.advice': null
  'error.bucket-server-fault.meaning': null
  'error.bucket-server-fault.title': null
  'error.bucket-timed-out.advice': null
  'error.bucket-timed-out.meaning': null
  'error.bucket-timed-out.title': null
  'error.bucket-unreachable.advice': null
  'error.bucket-unreachable.meaning': null
  'error.bucket-unreachable.title': null
  'error.bucket-upload-gone.advice': null
  'error.bucket-upload-gone.meaning': null
  'error.bucket-upload-gone.title': null
  'error.bucket-wrong-clock.advice': null
  'error.bucket-wrong-clock.meaning': null
  'error.bucket-wrong-clock.title': null
  'error.bucket-wrong-key.advice': null
  'error.bucket-wrong-key.meaning': null
  'error.bucket-wrong-key.title': null
  'error.bucket-wrong-region.advice': null
  'error.bucket-wrong-region.meaning': null
  'error.bucket-wrong-region.title': null
  'error.bucket-wrong-secret.advice': null
  'error.bucket-wrong-secret.meaning': null
  'error.bucket-wrong-secret.title': null
  'error.busy-deletion.advice': null
  'error.busy-deletion.meaning': null
  'error.busy-deletion.title': null
  'error.busy-plan.advice': null
  'error.busy-plan.meaning': null
  'error.busy-plan.title': null
  'error.busy-upload.advice': null
  'error.busy-upload.meaning': null
  'error.busy-upload.title': null
  'error.canceled.advice': null
  'error.canceled.meaning': null
  'error.canceled.title': null
  'error.confirmation-expired.advice': null
  'error.confirmation-expired.meaning': null
  'error.confirmation-expired.title': null
  'error.file-disk-full.advice': null
  'error.file-disk-full.meaning': null
  'error.file-disk-full.title': null
  'error.file-no-access.advice': null
  'error.file-no-access.meaning': null
  'error.file-no-access.title': null
  'error.file-other.advice': null
  'error.file-other.meaning': null
  'error.file-other.title': null
  'error.held-back.advice': null
  'error.held-back.title': null
  'error.insecure-connection.advice': null
  'error.insecure-connection.meaning': null
  'error.insecure-connection.title': null
  'error.invalid-input.advice': null
  'error.invalid-input.meaning': null
  'error.invalid-input.title': null
  'error.key-changed.advice': null
  'error.key-changed.meaning': null
  'error.key-changed.title': null
  'error.key-damaged.advice': null
  'error.key-damaged.meaning': null
  'error.key-damaged.title': null
  'error.keychain-denied.advice': null
  'error.keychain-denied.meaning': null
  'error.keychain-denied.title': null
  'error.keychain-failed.advice': null
  'error.keychain-failed.meaning': null
  'error.keychain-failed.title': null
  'error.keychain-locked.advice': null
  'error.keychain-locked.meaning': null
  'error.keychain-locked.title': null
  'error.keychain-unavailable.advice': null
  'error.keychain-unavailable.meaning': null
  'error.keychain-unavailable.title': null
  'error.made-elsewhere.advice': null
  'error.made-elsewhere.meaning': null
  'error.made-elsewhere.title': null
  'error.outcome-unknown.advice': null
  'error.outcome-unknown.meaning': null
  'error.outcome-unknown.title': null
  'error.read-only-account.advice': null
  'error.read-only-account.meaning': null
  'error.read-only-account.title': null
  'error.sample-not-started.advice': null
  'error.sample-not-started.meaning': null
  'error.sample-not-started.title': null
  'error.signing-key-absent.advice': null
  'error.signing-key-absent.meaning': null
  'error.signing-key-absent.title': null
  'error.signing-key-damaged.advice': null
  'error.signing-key-damaged.meaning': null
  'error.signing-key-damaged.title': null
  'error.storage-damaged.advice': null
  'error.storage-damaged.meaning': null
  'error.storage-damaged.title': null
  'error.storage-disk-full.advice': null
  'error.storage-disk-full.meaning': null
  'error.storage-disk-full.title': null
  'error.storage-newer-version.advice': null
  'error.storage-newer-version.meaning': null
  'error.storage-newer-version.title': null
  'error.storage-no-access.advice': null
  'error.storage-no-access.meaning': null
  'error.storage-no-access.title': null
  'error.storage-other.advice': null
  'error.storage-other.meaning': null
  'error.storage-other.title': null
  'errorBoundary.text': null
  'errorBoundary.title': null
  'exportDialog.as': null
  'exportDialog.broken': { readonly seq: number }
  'exportDialog.checking': null
  'exportDialog.format.csv': null
  'exportDialog.format.jsonl': null
  'exportDialog.format.pdf': null
  'exportDialog.format.report': null
  'exportDialog.formatHint.csv': null
  'exportDialog.formatHint.jsonl': null
  'exportDialog.formatHint.pdf': null
  'exportDialog.formatHint.report': null
  'exportDialog.hide': null
  'exportDialog.preparing': null
  'exportDialog.progress': { readonly all: number; readonly done: number }
  'exportDialog.save': null
  'exportDialog.scope.all': null
  'exportDialog.scope.shown': null
  'exportDialog.scopeHint.all': null
  'exportDialog.scopeHint.shown': null
  'exportDialog.scopeHint.story': null
  'exportDialog.shortened': { readonly count: number }
  'exportDialog.show': null
  'exportDialog.stop': null
  'exportDialog.stopped': null
  'exportDialog.stoppedText': null
  'exportDialog.title': null
  'exportDialog.what': null
  'exportDialog.writing': null
  'exportTable.about': null
  'exportTable.computer': null
  'exportTable.kind': null
  'exportTable.localTime': null
  'exportTable.operation': null
  'exportTable.record': null
  'exportTable.utc': null
  'exportTable.what': null
  'exportTable.zone': null
  'failed.accept-end': null
  'failed.acknowledge': null
  'failed.add-drafts': null
  'failed.assign-person': null
  'failed.back-up': null
  'failed.cancel-rest': null
  'failed.check-key': null
  'failed.check-updates': null
  'failed.choose-file': null
  'failed.clear-history': null
  'failed.copy-link': null
  'failed.create': null
  'failed.delete': null
  'failed.discard-draft': null
  'failed.dismiss': null
  'failed.drag-out': null
  'failed.explore-sample': null
  'failed.export': null
  'failed.export-consents': null
  'failed.find-leftovers': null
  'failed.forget': null
  'failed.forget-key': null
  'failed.install-update': null
  'failed.mark-read': null
  'failed.open-link': null
  'failed.pause': null
  'failed.pin': null
  'failed.refresh': null
  'failed.remove-account': null
  'failed.remove-bucket': null
  'failed.remove-consent-note': null
  'failed.remove-leftover': null
  'failed.remove-person': null
  'failed.remove-pictures': null
  'failed.rename': null
  'failed.restore-backup': null
  'failed.resume': null
  'failed.retry': null
  'failed.reveal-data': null
  'failed.save-diagnostics': null
  'failed.save-note': null
  'failed.save-person': null
  'failed.save-person-folder': null
  'failed.save-settings': null
  'failed.save-template': null
  'failed.save-transcript': null
  'failed.show-folder': null
  'failed.show-notes': null
  'failed.show-past': null
  'failed.stop-waiting': null
  'failed.test-bucket': null
  'failed.undo': null
  'failed.unpin': null
  'failed.update-draft': null
  'failed.upload': null
  'failed.verify-receipt': null
  'field.callbackUrl': null
  'field.consentIn': null
  'field.consentVideoUrl': null
  'field.hasGreenScreen': null
  'field.hasImageFix': null
  'field.model': null
  'field.replicaName': null
  'field.spokenName': null
  'field.subject': null
  'field.trainFrom': null
  'field.trainImageUrl': null
  'field.trainVideoUrl': null
  'field.voiceId': null
  'field.voiceName': null
  'filesLeft.ask': null
  'filesLeft.confirm': null
  'filesLeft.confirmText': { readonly name: string }
  'filesLeft.confirmTitle': { readonly file: string }
  'filesLeft.one': { readonly file: string; readonly name: string }
  'filesLeft.removed': { readonly file: string }
  'filesLeft.several': null
  'filesLeft.show': null
  'filesLeft.title': { readonly count: number }
  'filter.account': { readonly text: string }
  'filter.age': { readonly text: string }
  'filter.model': { readonly text: string }
  'filter.noResults': { readonly filters: string }
  'filter.parent': { readonly text: string }
  'filter.person': { readonly text: string }
  'filter.remove': { readonly filter: string }
  'filter.search': { readonly text: string }
  'filter.state': { readonly text: string }
  'filter.tag': { readonly text: string }
  'firstRun.connectButton': null
  'firstRun.connectText': null
  'firstRun.connectTitle': null
  'firstRun.lead': null
  'firstRun.lostLead': null
  'firstRun.lostTitle': null
  'firstRun.restoreButton': null
  'firstRun.restoreText': null
  'firstRun.restoreTitle': null
  'firstRun.sampleButton': null
  'firstRun.sampleText': null
  'firstRun.sampleTitle': null
  'firstRun.title': null
  'forget.checks': { readonly count: number }
  'forget.confirm': null
  'forget.copies': { readonly count: number }
  'forget.handedOut': null
  'forget.keeper.account': { readonly name: string }
  'forget.keeper.asset': { readonly name: string }
  'forget.keeper.computer': { readonly name: string }
  'forget.keeper.draft': { readonly name: string }
  'forget.keeper.person': { readonly name: string }
  'forget.keeper.upload': { readonly name: string }
  'forget.keepers': null
  'forget.obstacle.listed': null
  'forget.obstacle.not-found': null
  'forget.obstacle.open-plan': null
  'forget.obstacle.storage': null
  'forget.open': null
  'forget.person': { readonly count: number }
  'forget.pseudonym': { readonly code: string }
  'forget.records': { readonly count: number }
  'forget.text': null
  'forget.things': { readonly count: number }
  'forget.title': { readonly name: string }
  'guide.close': null
  'guide.drive': null
  'guide.driveSteps': null
  'guide.dropbox': null
  'guide.dropboxSteps': null
  'guide.intro': null
  'guide.r2': null
  'guide.r2Steps': null
  'guide.s3': null
  'guide.s3Steps': null
  'guide.title': null
  'health.backup.missing': { readonly count: number }
  'health.backup.missingUnknown': null
  'health.backup.newest': {
    readonly items: number
    readonly records: number
    readonly time: string
  }
  'health.backup.none': null
  'health.backup.rescued': { readonly items: number; readonly records: number }
  'health.backups.text': null
  'health.backups.title': null
  'health.damaged.behind.text': null
  'health.damaged.behind.title': null
  'health.damaged.kept': { readonly file: string }
  'health.damaged.log.text': null
  'health.damaged.log.title': null
  'health.damaged.missing.text': null
  'health.damaged.missing.title': null
  'health.damaged.unreadable.title': null
  'health.keychain.denied.text': null
  'health.keychain.denied.title': null
  'health.keychain.failed.text': null
  'health.keychain.failed.title': null
  'health.keychain.locked.text': null
  'health.keychain.locked.title': null
  'health.keychain.unavailable.text': null
  'health.keychain.unavailable.title': null
  'health.keychain.waiting.text': null
  'health.keychain.waiting.title': null
  'health.leftKeys.text': { readonly names: string }
  'health.leftKeys.title': null
  'health.restore': null
  'health.settings.not-saved.text': null
  'health.settings.not-saved.title': null
  'health.settings.reset.text': null
  'health.settings.reset.title': null
  'health.settings.restored.text': null
  'health.settings.restored.title': null
  'health.storage.disk-full.text': null
  'health.storage.disk-full.title': null
  'health.storage.newer-version.text': null
  'health.storage.newer-version.title': null
  'health.storage.read-only.text': null
  'health.storage.read-only.title': null
  'health.storage.unavailable.text': null
  'health.storage.unavailable.title': null
  'health.task.app': null
  'health.task.checks': null
  'health.task.clock': null
  'health.task.consents': null
  'health.task.deletions': null
  'health.task.history-end': null
  'health.task.keys': null
  'health.task.later-looks': null
  'health.task.notifications': null
  'health.task.pictures': null
  'health.task.refreshing': null
  'health.task.sample': null
  'health.task.trainings': null
  'health.task.updates': null
  'health.task.upkeep': null
  'health.task.uploads': null
  'health.taskRestart': { readonly reference: string }
  'health.taskRetry': { readonly reference: string }
  'history.acceptEnd': null
  'history.account': null
  'history.acknowledge': null
  'history.acknowledgeOne': { readonly name: string }
  'history.chain': null
  'history.chart.bar': { readonly time: string; readonly what: string }
  'history.chart.deleted': { readonly count: number }
  'history.chart.elsewhere': { readonly count: number }
  'history.chart.entries': { readonly count: number }
  'history.chart.failed': { readonly count: number }
  'history.chart.found': { readonly count: number }
  'history.chart.keys': null
  'history.chart.label': null
  'history.chart.week': { readonly day: string }
  'history.check': null
  'history.check.others': { readonly computer: string; readonly count: number }
  'history.check.othersChanged': {
    readonly computer: string
    readonly count: number
    readonly seq: number
  }
  'history.checked.accepted': { readonly who: string }
  'history.checked.gone': null
  'history.checked.goneLost': { readonly lost: string }
  'history.checked.listedAsDeleted': null
  'history.checked.listedAsDeletedLost': { readonly lost: string }
  'history.checked.notDeleted': null
  'history.checked.notDeletedListed': null
  'history.checked.notFound': { readonly who: string }
  'history.checked.saysDeleted': null
  'history.checked.unclear': null
  'history.checked.unclearListed': null
  'history.checkedAt': { readonly time: string }
  'history.clear': null
  'history.copyHash': null
  'history.detailLabel': null
  'history.emptyText': null
  'history.emptyTitle': null
  'history.end': null
  'history.export': null
  'history.exportStory': null
  'history.fact.apiAddress': null
  'history.fact.attempt': null
  'history.fact.batch': null
  'history.fact.before': null
  'history.fact.bucket': null
  'history.fact.bytes': null
  'history.fact.count': null
  'history.fact.createdAt': null
  'history.fact.dueAt': null
  'history.fact.file': null
  'history.fact.files': null
  'history.fact.folderName': null
  'history.fact.format': null
  'history.fact.found': null
  'history.fact.foundInListing': null
  'history.fact.from': null
  'history.fact.gaps': null
  'history.fact.host': null
  'history.fact.httpStatus': null
  'history.fact.isKept': null
  'history.fact.isReadOnly': null
  'history.fact.isSample': null
  'history.fact.keptAs': null
  'history.fact.keptHash': null
  'history.fact.keptSeq': null
  'history.fact.lastHash': null
  'history.fact.lastSeenAt': null
  'history.fact.mode': null
  'history.fact.model': null
  'history.fact.note': null
  'history.fact.origin': null
  'history.fact.outcome': null
  'history.fact.person': null
  'history.fact.pictures': null
  'history.fact.planId': null
  'history.fact.provider': null
  'history.fact.reason': null
  'history.fact.receipt': null
  'history.fact.records': null
  'history.fact.reference': null
  'history.fact.result': null
  'history.fact.runAt': null
  'history.fact.said': { readonly who: string }
  'history.fact.sent': null
  'history.fact.statement': null
  'history.fact.status': null
  'history.fact.statusRaw': { readonly who: string }
  'history.fact.subject': null
  'history.fact.tags': null
  'history.fact.to': null
  'history.fact.untilAt': null
  'history.fact.was': null
  'history.fact.wasSent': null
  'history.fact.what': null
  'history.filter.anyKind': null
  'history.filter.anyOutcome': null
  'history.filter.anyPerson': null
  'history.filter.anyTime': null
  'history.filter.anybody': null
  'history.filter.by': null
  'history.filter.from': null
  'history.filter.jump': null
  'history.filter.kind': null
  'history.filter.lastDays': { readonly days: number }
  'history.filter.outcome': null
  'history.filter.outcomes.bad': null
  'history.filter.outcomes.good': null
  'history.filter.outcomes.warn': null
  'history.filter.person': null
  'history.filter.range': null
  'history.filter.sides.elsewhere': null
  'history.filter.sides.here': null
  'history.filter.when': null
  'history.filteredTitle': null
  'history.forgotten': null
  'history.forgottenOn': { readonly time: string }
  'history.fromComputer': { readonly computer: string }
  'history.group': null
  'history.groups.accounts': null
  'history.groups.all': null
  'history.groups.checks': null
  'history.groups.creations': null
  'history.groups.data': null
  'history.groups.deletions': null
  'history.groups.elsewhere': null
  'history.groups.files': null
  'history.groups.notes': null
  'history.groups.people': null
  'history.groups.renames': null
  'history.groups.sightings': null
  'history.groups.uploads': null
  'history.id': null
  'history.label': null
  'history.line.accepted': { readonly items: string; readonly mode: string }
  'history.line.asset-first-seen': { readonly items: string }
  'history.line.asset-pinned': { readonly items: string }
  'history.line.asset-renamed': { readonly items: string }
  'history.line.asset-returned': { readonly items: string }
  'history.line.asset-unpinned': { readonly items: string }
  'history.line.asset-vanished': { readonly items: string }
  'history.line.carriedOut': { readonly items: string }
  'history.line.carriedOutOf': { readonly count: number; readonly total: number }
  'history.line.checked': { readonly count: number }
  'history.line.deleted': { readonly items: string; readonly mode: string }
  'history.line.deletedOf': {
    readonly count: number
    readonly mode: string
    readonly total: number
  }
  'history.line.more': { readonly count: number }
  'history.line.online': { readonly count: number }
  'history.line.showMore': { readonly left: number }
  'history.line.standing.accepted': { readonly count: number }
  'history.line.standing.canceled': { readonly count: number }
  'history.line.standing.kept': { readonly count: number }
  'history.line.standing.open': { readonly count: number }
  'history.line.standing.unclear': { readonly count: number }
  'history.more': null
  'history.moreGroups': null
  'history.new': null
  'history.news': { readonly count: number }
  'history.newsHint': null
  'history.newsShow': null
  'history.reason.account-changed': null
  'history.reason.bug': null
  'history.reason.canceled': null
  'history.reason.changed': null
  'history.reason.clock': null
  'history.reason.connection': null
  'history.reason.insecure-connection': null
  'history.reason.interrupted': null
  'history.reason.invalid-input': { readonly who: string }
  'history.reason.key': null
  'history.reason.key-changed': null
  'history.reason.key-missing': null
  'history.reason.key-rejected': { readonly who: string }
  'history.reason.keychain-unavailable': null
  'history.reason.not-found': { readonly who: string }
  'history.reason.offline': null
  'history.reason.outcome-unknown': null
  'history.reason.pace': { readonly who: string }
  'history.reason.person': null
  'history.reason.pinned': null
  'history.reason.provider-down': { readonly who: string }
  'history.reason.provider-refused': { readonly who: string }
  'history.reason.rate-limited': { readonly who: string }
  'history.reason.read-only-account': null
  'history.reason.restart': null
  'history.reason.sample-not-started': null
  'history.reason.sleep': null
  'history.reason.storage': null
  'history.reason.storage-failed': null
  'history.reason.timed-out': { readonly who: string }
  'history.reason.undone': null
  'history.reason.unexpected-response': null
  'history.record': null
  'history.search.deletion': null
  'history.searchHint': null
  'history.several': null
  'history.showAsset': null
  'history.story.label': { readonly name: string }
  'history.story.older': null
  'history.story.person': { readonly name: string }
  'history.subject.archive': null
  'history.subject.backup': null
  'history.subject.database': null
  'history.subject.file': null
  'history.subject.keeping': null
  'history.subject.key': null
  'history.subject.person': null
  'history.subject.pictures': null
  'history.subject.receipt': null
  'history.subject.replica': null
  'history.technical': null
  'history.text.accepted': { readonly who: string }
  'history.text.account-added': null
  'history.text.account-changed': null
  'history.text.account-removed': null
  'history.text.alreadyGone': null
  'history.text.answered': { readonly mode: string; readonly who: string }
  'history.text.archived': null
  'history.text.archivedFiles': { readonly count: number }
  'history.text.asked': { readonly count: number; readonly mode: string }
  'history.text.asset-pinned': null
  'history.text.asset-renamed': { readonly from: string }
  'history.text.asset-returned': null
  'history.text.asset-unpinned': null
  'history.text.assigned': { readonly name: string }
  'history.text.backup-restored': null
  'history.text.backup-saved': null
  'history.text.blocked': null
  'history.text.canceledLate': { readonly who: string }
  'history.text.consent-note-removed': null
  'history.text.consent-noted': null
  'history.text.creation-unclear': null
  'history.text.creationAsked': null
  'history.text.creationAskedWith': { readonly model: string }
  'history.text.database-restored': null
  'history.text.drifted': null
  'history.text.driftedLink': { readonly what: string }
  'history.text.firstSeen': null
  'history.text.firstSeenFailed': { readonly kind: string; readonly reason: string }
  'history.text.foundTraining': null
  'history.text.held': { readonly count: number }
  'history.text.history-cleared': { readonly count: number }
  'history.text.history-end-accepted': null
  'history.text.history-exported': { readonly count: number }
  'history.text.interrupted': null
  'history.text.interruptedUnsent': null
  'history.text.keep-due': { readonly pictures: number; readonly records: number }
  'history.text.key-forgotten': null
  'history.text.key-saved': null
  'history.text.keyKeptOnce': null
  'history.text.makingFailed': { readonly kind: string }
  'history.text.names-forgotten': { readonly count: number }
  'history.text.notCreated': null
  'history.text.notDeleted': null
  'history.text.notFound': { readonly who: string }
  'history.text.notInListing': null
  'history.text.notKnown': { readonly who: string }
  'history.text.notSent': null
  'history.text.noteRemoved': null
  'history.text.noted': { readonly note: string }
  'history.text.paused': { readonly count: number }
  'history.text.person-added': null
  'history.text.person-changed': null
  'history.text.person-due': { readonly why: string }
  'history.text.person-removed': null
  'history.text.person-saved': { readonly files: number; readonly gaps: number }
  'history.text.pictures-removed': { readonly count: number }
  'history.text.preview': null
  'history.text.rateLimited': { readonly who: string }
  'history.text.ready': { readonly kind: string }
  'history.text.receipt-key-made': null
  'history.text.receipt-made': null
  'history.text.receiptKeyReplaced': null
  'history.text.receiptSaved': null
  'history.text.receiptSavedAs': { readonly format: string }
  'history.text.rechecked': { readonly result: string }
  'history.text.recheckedLink': { readonly result: string; readonly what: string }
  'history.text.refusedForNow': null
  'history.text.rename-answered': { readonly from: string; readonly to: string }
  'history.text.rename-asked': { readonly to: string; readonly who: string }
  'history.text.rename-failed': null
  'history.text.resumed': { readonly count: number }
  'history.text.scheduled': { readonly count: number }
  'history.text.scheduledFor': { readonly count: number; readonly time: string }
  'history.text.sending': { readonly mode: string }
  'history.text.sendingTo': { readonly host: string; readonly mode: string }
  'history.text.sent': { readonly mode: string; readonly who: string }
  'history.text.sentLost': null
  'history.text.started': { readonly kind: string }
  'history.text.status': { readonly status: string }
  'history.text.tagged': { readonly tags: string }
  'history.text.tagsRemoved': null
  'history.text.trainingStarted': null
  'history.text.unassigned': null
  'history.text.undone': { readonly count: number }
  'history.text.unknownOutcome': { readonly lost: string }
  'history.text.vanished': null
  'history.text.vanishedAccepted': null
  'history.text.vanishedRefused': null
  'history.text.vanishedUnclear': null
  'history.text.video-link-made': { readonly time: string }
  'history.text.video-removed': { readonly bucket: string }
  'history.text.video-uploaded': { readonly bucket: string }
  'history.title': null
  'history.value.no': null
  'history.value.offline': null
  'history.value.permanent': null
  'history.value.repoint': null
  'history.value.soft': null
  'history.value.unknown': null
  'history.value.yes': null
  'history.verified.behind': { readonly count: number }
  'history.verified.behindTitle': null
  'history.verified.changed': { readonly seq: number }
  'history.verified.changedTitle': null
  'history.verified.cleared': { readonly count: number }
  'history.verified.clearedTitle': null
  'history.verified.forgotten': { readonly count: number; readonly day: string }
  'history.verified.matches': null
  'history.verified.mismatch': { readonly count: number }
  'history.verified.mismatchTitle': null
  'history.verified.none': null
  'history.verified.not-asked': null
  'history.verified.other-database': null
  'history.verified.restored': { readonly count: number }
  'history.verified.restoredTitle': null
  'history.verified.title': { readonly count: number }
  'history.views.actions': { readonly name: string }
  'history.views.down': null
  'history.views.label': null
  'history.views.name': null
  'history.views.remove': null
  'history.views.rename': null
  'history.views.save': null
  'history.views.saveButton': null
  'history.views.up': null
  'history.when': null
  'history.why': { readonly what: string; readonly why: string }
  'history.whyBoth': { readonly said: string; readonly what: string; readonly why: string }
  'history.whySaid': { readonly said: string; readonly what: string }
  'inbox.emptyText': null
  'inbox.emptyTitle': null
  'inbox.markAll': null
  'inbox.markRead': { readonly subject: string }
  'inbox.markUnread': { readonly subject: string }
  'inbox.older': null
  'inbox.show': null
  'inbox.title': null
  'inbox.unread': null
  'inbox.unreadCount': { readonly count: string }
  'issue.already-asked': null
  'issue.bad-bucket': null
  'issue.bad-host': null
  'issue.bad-model': null
  'issue.bad-name': null
  'issue.bad-prefix': null
  'issue.bad-region': null
  'issue.bad-table': null
  'issue.bearer-prefix': null
  'issue.binary-file': null
  'issue.blocked': null
  'issue.cut-short': null
  'issue.deployment-page': null
  'issue.does-not-match': null
  'issue.draft-damaged': null
  'issue.end-before-day': null
  'issue.file-changed': null
  'issue.give-again': null
  'issue.has-path': null
  'issue.has-uploads': null
  'issue.has-user-info': null
  'issue.hidden-characters': null
  'issue.needed-for-new-address': null
  'issue.no-images': null
  'issue.no-model': null
  'issue.no-name': null
  'issue.not-a-link': null
  'issue.not-a-name': null
  'issue.not-ascii': null
  'issue.not-https': null
  'issue.not-in-this-build': null
  'issue.not-local': null
  'issue.not-offered': null
  'issue.not-r8': null
  'issue.not-replicate': null
  'issue.not-understood': null
  'issue.not-uploaded': null
  'issue.nothing-in-file': null
  'issue.other-provider': null
  'issue.pinned': null
  'issue.prediction-page': null
  'issue.readAs': { readonly encoding: string }
  'issue.refused-by-provider': null
  'issue.required': null
  'issue.said': { readonly said: string; readonly who: string }
  'issue.site-page': null
  'issue.stays': null
  'issue.too-large': null
  'issue.too-long': null
  'issue.too-many': null
  'issue.too-many-drafts': null
  'issue.too-short': null
  'issue.trains-nothing': null
  'issue.twin': null
  'issue.two-voices': null
  'issue.unfit-video': null
  'issue.unknown': { readonly code: string }
  'issue.unknown-file': null
  'issue.unusable-link': null
  'issue.unusual-port': null
  'issue.used-by-other-account': null
  'issue.whitespace': null
  'keeping.everything': null
  'keeping.hint': null
  'keeping.oldPictures': { readonly count: number }
  'keeping.oldPicturesText': null
  'keeping.oldRecords': { readonly count: number }
  'keeping.oldRecordsText': null
  'keeping.overdue': null
  'keeping.overdueText': { readonly pictures: number; readonly records: number }
  'keeping.pictures': null
  'keeping.records': null
  'keeping.removeConfirm': null
  'keeping.removePictures': null
  'keeping.removeText': null
  'keeping.removeTitle': { readonly count: number }
  'keeping.show': null
  'keeping.title': null
  'keeping.years': { readonly count: number }
  'key.absent': null
  'key.denied': null
  'key.failed': null
  'key.locked': { readonly last4: string }
  'key.missing': { readonly last4: string }
  'key.saved': { readonly last4: string }
  'key.savedSince': { readonly last4: string; readonly time: string }
  'key.thisRun': { readonly last4: string }
  'key.thisRunSince': { readonly last4: string; readonly time: string }
  'key.unavailable': null
  'keyCheck.notChecked': null
  'keyCheck.rejected': { readonly who: string }
  'keyCheck.rejectedSince': { readonly time: string; readonly who: string }
  'keyCheck.unclear': null
  'keyCheck.unclearSince': { readonly time: string }
  'keyCheck.unreachable': { readonly who: string }
  'keyCheck.unreachableSince': { readonly time: string; readonly who: string }
  'keyCheck.works': null
  'keyCheck.worksSince': { readonly time: string }
  'kinds.count': { readonly count: number; readonly kind: string }
  'kinds.deleteForGood': { readonly kind: string }
  'kinds.heading': { readonly count: number; readonly kind: string }
  'library.actions.copyId': null
  'library.actions.delete': null
  'library.actions.deletePermanently': null
  'library.actions.eraseLikeness': null
  'library.actions.open': null
  'library.actions.openPage': null
  'library.actions.openPortal': null
  'library.actions.pin': null
  'library.actions.rename': null
  'library.actions.repoint': null
  'library.actions.showHistory': null
  'library.actions.takeOffline': null
  'library.actions.unpin': null
  'library.actionsFor': { readonly name: string }
  'library.age': null
  'library.ages.month': null
  'library.ages.today': null
  'library.ages.week': null
  'library.ages.year': null
  'library.all': null
  'library.clearFilters': null
  'library.clearSelection': null
  'library.cloning': null
  'library.columns.account': null
  'library.columns.created': null
  'library.columns.face': null
  'library.columns.found-in': null
  'library.columns.id': null
  'library.columns.latest': null
  'library.columns.made-with': null
  'library.columns.model': null
  'library.columns.name': null
  'library.columns.of-model': null
  'library.columns.progress': null
  'library.columns.runs': null
  'library.columns.status': null
  'library.columns.type': null
  'library.columns.updated': null
  'library.columns.used-by': null
  'library.columns.versions': null
  'library.columns.voice': null
  'library.columnsMenu': null
  'library.deleteCount': { readonly items: string }
  'library.deleteNamed': { readonly name: string }
  'library.deleteSelected': null
  'library.deleteSelectedForGood': null
  'library.deleted': null
  'library.emptyConversationsText': null
  'library.emptyConversationsTitle': null
  'library.emptyPalsText': null
  'library.emptyPalsTitle': null
  'library.emptyStockPalsTitle': null
  'library.emptyStockText': null
  'library.emptyStockTitle': null
  'library.emptyStockVoicesTitle': null
  'library.emptyText': null
  'library.emptyTitle': null
  'library.emptyVideosText': null
  'library.emptyVideosTitle': null
  'library.emptyVoicesText': null
  'library.emptyVoicesTitle': null
  'library.everyReplica': null
  'library.failed': null
  'library.filter': null
  'library.filteredTitle': null
  'library.generating': null
  'library.grid': null
  'library.list': null
  'library.lookingText': null
  'library.lookingTitle': { readonly who: string }
  'library.mine': null
  'library.models': { readonly count: number }
  'library.newReplica': null
  'library.notListedYetText': { readonly who: string }
  'library.notListedYetTitle': null
  'library.offlineReason': null
  'library.origin': null
  'library.person': null
  'library.ready': null
  'library.removeFilter': { readonly filter: string }
  'library.rowNumbered': { readonly position: number }
  'library.searchHint': null
  'library.select': { readonly name: string }
  'library.selectAll': { readonly count: number }
  'library.selectFirst': { readonly count: number }
  'library.selected': { readonly items: string }
  'library.selectedMost': { readonly items: string; readonly rest: number }
  'library.selection': null
  'library.sort': null
  'library.sortedBy.ascending': { readonly column: string }
  'library.sortedBy.descending': { readonly column: string }
  'library.sorts.created-asc': null
  'library.sorts.created-desc': null
  'library.sorts.name-asc': null
  'library.sorts.name-desc': null
  'library.sorts.status': null
  'library.state': null
  'library.stock': null
  'library.tag': null
  'library.training': null
  'library.videosOf': { readonly name: string }
  'library.view': null
  'library.widthOf': { readonly column: string }
  'link.detail': { readonly detail: string; readonly text: string }
  'link.expired': { readonly time: string }
  'link.expires': { readonly time: string }
  'link.finding.bad-expiry': null
  'link.finding.bad-host': null
  'link.finding.bucket-dots': null
  'link.finding.cut-short': null
  'link.finding.dots-in-name': null
  'link.finding.doubly-encoded': null
  'link.finding.ends-before-start': null
  'link.finding.expired': null
  'link.finding.expiry-unknown': null
  'link.finding.extra-signed-headers': null
  'link.finding.fragment-in-name': null
  'link.finding.has-user-info': null
  'link.finding.hidden-characters': null
  'link.finding.ip-restricted': null
  'link.finding.made-for-upload': null
  'link.finding.mend-known': null
  'link.finding.mixed-script-host': null
  'link.finding.names-container': null
  'link.finding.no-read-permission': null
  'link.finding.not-a-link': null
  'link.finding.not-https': null
  'link.finding.not-mp4': null
  'link.finding.not-signed': null
  'link.finding.not-yet-valid': null
  'link.finding.old-signature': null
  'link.finding.other-method': null
  'link.finding.other-service': null
  'link.finding.over-7-days': null
  'link.finding.passing-host': null
  'link.finding.policy-for-other': null
  'link.finding.private-address': null
  'link.finding.public-host': null
  'link.finding.raw-plus': null
  'link.finding.region-mismatch': null
  'link.finding.repeated-parameter': null
  'link.finding.sandbox-link': null
  'link.finding.scope-date': null
  'link.finding.server-clock': null
  'link.finding.several-links': null
  'link.finding.share-page': null
  'link.finding.shortened': null
  'link.finding.signature-version': null
  'link.finding.signed-ahead': null
  'link.finding.temporary-credentials': null
  'link.finding.too-long': null
  'link.finding.under-24h': null
  'link.finding.under-36h': null
  'link.finding.unusual-port': null
  'link.finding.valid-long-enough': null
  'link.finding.website-host': null
  'link.finding.wrapped-link': null
  'link.signedBy': { readonly service: string }
  'link.signedByRegion': { readonly region: string; readonly service: string }
  'link.signer.gcs-v2': null
  'link.signer.s3-compatible': null
  'link.signer.s3-v2': null
  'link.signer.token': null
  'listKeys.back': null
  'listKeys.choose': null
  'listKeys.choose-all': null
  'listKeys.choose-range': null
  'listKeys.copy-id': null
  'listKeys.delete': null
  'listKeys.ends': null
  'listKeys.jump': null
  'listKeys.move': null
  'listKeys.open': null
  'listKeys.openRecord': null
  'listKeys.pages': null
  'listKeys.preview': null
  'listKeys.rename': null
  'listKeys.search': null
  'listKeys.type-ahead': null
  'menu.account': null
  'menu.edit': null
  'menu.file': null
  'menu.go': null
  'menu.help': null
  'menu.role.about': null
  'menu.role.close': null
  'menu.role.copy': null
  'menu.role.cut': null
  'menu.role.front': null
  'menu.role.hide': null
  'menu.role.hideOthers': null
  'menu.role.minimize': null
  'menu.role.paste': null
  'menu.role.quit': null
  'menu.role.redo': null
  'menu.role.resetZoom': null
  'menu.role.selectAll': null
  'menu.role.services': null
  'menu.role.togglefullscreen': null
  'menu.role.undo': null
  'menu.role.unhide': null
  'menu.role.zoom': null
  'menu.role.zoomIn': null
  'menu.role.zoomOut': null
  'menu.view': null
  'menu.window': null
  'models.add': null
  'models.cleanUp': null
  'models.cleanup.age': null
  'models.cleanup.ages.any': null
  'models.cleanup.ages.month': null
  'models.cleanup.ages.quarter': null
  'models.cleanup.ages.year': null
  'models.cleanup.keepDeployed': null
  'models.cleanup.keepDeployedHint': null
  'models.cleanup.keepNewest': null
  'models.cleanup.keepNewestHint': null
  'models.cleanup.next': null
  'models.cleanup.notANumber': { readonly most: number }
  'models.cleanup.text': null
  'models.cleanup.title': { readonly name: string }
  'models.emptyText': null
  'models.emptyTitle': null
  'models.emptyVersionsText': null
  'models.emptyVersionsTitle': null
  'models.everyModel': null
  'models.facts.baseOf': null
  'models.facts.cog': null
  'models.facts.deployedBy': null
  'models.facts.foundIn': null
  'models.facts.isLatest': null
  'models.facts.isLatestYes': null
  'models.facts.latest': null
  'models.facts.license': null
  'models.facts.owner': null
  'models.facts.paper': null
  'models.facts.runs': null
  'models.facts.sourceCode': null
  'models.facts.trainedBy': null
  'models.facts.visibility': null
  'models.form.account': null
  'models.form.hint': null
  'models.form.notFound': null
  'models.form.notFoundText': null
  'models.form.save': null
  'models.form.text': null
  'models.form.title': null
  'models.foundIn.by-hand': null
  'models.foundIn.deployments': null
  'models.foundIn.history': null
  'models.foundIn.predictions': null
  'models.foundIn.trainings': null
  'models.mayBeMore': null
  'models.model': null
  'models.noAccount': null
  'models.noVersions': null
  'models.openPage': null
  'models.openSettings': null
  'models.parentFilter': null
  'models.showVersions': null
  'models.tearDown': null
  'models.uses.base': { readonly count: number }
  'models.uses.deployed': null
  'models.uses.latest': null
  'models.versions': null
  'models.versionsOf': { readonly model: string }
  'models.visibility.private': null
  'models.visibility.public': null
  'models.visibility.unknown': null
  'nav.accounts': null
  'nav.accountsPlace': null
  'nav.freshness': null
  'nav.history': null
  'nav.inbox': null
  'nav.label': null
  'nav.library': null
  'nav.people': null
  'nav.sample': null
  'nav.settings': null
  'nav.skip': null
  'nav.skipToResults': null
  'newKey.absent': null
  'newKey.damaged': null
  'newKey.final': null
  'newKey.new': null
  'newKey.old': null
  'news.failed.title': { readonly kind: string; readonly name: string }
  'news.gaveNoReason': { readonly who: string }
  'news.ready.text': { readonly kind: string; readonly who: string }
  'news.ready.title': { readonly name: string }
  'news.reason': { readonly reason: string; readonly who: string }
  'news.returned.text': { readonly kind: string; readonly who: string }
  'news.returned.title': { readonly name: string }
  'news.several.failed': { readonly names: string }
  'news.several.names': { readonly more: number; readonly names: string }
  'news.several.ready': { readonly names: string }
  'news.several.returned': { readonly names: string }
  'news.several.title': { readonly count: number; readonly who: string }
  'news.several.vanished': { readonly names: string }
  'news.vanished.asked': { readonly kind: string; readonly who: string }
  'news.vanished.text': { readonly kind: string; readonly who: string }
  'news.vanished.title': { readonly name: string }
  'notes.add': null
  'notes.addTag': null
  'notes.edit': null
  'notes.label': null
  'notes.mostTags': { readonly most: string }
  'notes.removeTag': { readonly tag: string }
  'notes.save': null
  'notes.tags': null
  'notes.title': null
  'notices.accepted': { readonly name: string }
  'notices.acceptedText': { readonly who: string }
  'notices.alreadyGone': { readonly name: string }
  'notices.alreadyGoneText': { readonly who: string }
  'notices.andMore': { readonly count: number }
  'notices.assigned': { readonly count: number; readonly name: string }
  'notices.changed': { readonly name: string }
  'notices.changedText': { readonly who: string }
  'notices.cleared': { readonly count: number }
  'notices.clearedText': { readonly keptAs: string }
  'notices.confirmed': { readonly who: string }
  'notices.consentNoted': { readonly name: string }
  'notices.consentNotedText': null
  'notices.consentsExported': null
  'notices.consentsExportedText': { readonly savedAs: string }
  'notices.created': { readonly name: string }
  'notices.createdText': null
  'notices.diagnostics': null
  'notices.diagnosticsText': { readonly savedAs: string }
  'notices.dismissed': null
  'notices.done': { readonly name: string }
  'notices.donePermanent': { readonly name: string }
  'notices.doneText': { readonly who: string }
  'notices.draftsDiscarded': { readonly count: number }
  'notices.draftsLeftOut': { readonly count: number }
  'notices.draftsLeftOutText': { readonly most: number }
  'notices.exported': { readonly count: number }
  'notices.exportedText': { readonly savedAs: string }
  'notices.filesRefused': { readonly count: number }
  'notices.gone': { readonly name: string }
  'notices.goneText': { readonly who: string }
  'notices.many.accepted': { readonly count: number; readonly who: string }
  'notices.many.already-gone': { readonly count: number }
  'notices.many.canceled': { readonly count: number }
  'notices.many.changed': { readonly count: number }
  'notices.many.done': { readonly count: number; readonly who: string }
  'notices.many.gone': { readonly count: number }
  'notices.many.not-found': { readonly count: number; readonly who: string }
  'notices.many.unclear': { readonly count: number }
  'notices.manyAsked': { readonly items: string; readonly who: string }
  'notices.manyCreated': { readonly count: number }
  'notices.manyDone': { readonly items: string }
  'notices.manyNotDeleted': { readonly items: string }
  'notices.moreFiles': { readonly count: number }
  'notices.namesForgotten': { readonly count: number }
  'notices.namesForgottenLater': { readonly pseudonym: string }
  'notices.namesForgottenText': { readonly pseudonym: string }
  'notices.noLink': null
  'notices.noLinkText': null
  'notices.notDeleted': { readonly name: string }
  'notices.notFound': { readonly name: string; readonly who: string }
  'notices.notFoundText': null
  'notices.noted': null
  'notices.nothingDeleted': null
  'notices.personDue': { readonly name: string; readonly why: string }
  'notices.personDuePlan': null
  'notices.personDueText': { readonly day: string; readonly why: string }
  'notices.pinned': { readonly count: number }
  'notices.pinnedText': null
  'notices.quote': { readonly said: string; readonly who: string }
  'notices.refusedFile.folder': { readonly name: string }
  'notices.refusedFile.missing': { readonly name: string }
  'notices.refusedFile.no-link': { readonly name: string }
  'notices.refusedFile.other-kind': { readonly name: string }
  'notices.refusedFile.too-long': { readonly name: string }
  'notices.refusedFile.unreadable': { readonly name: string }
  'notices.refusedFiles.no-room': { readonly most: number; readonly names: string }
  'notices.refusedFiles.not-stored': { readonly names: string }
  'notices.renamed': { readonly name: string }
  'notices.restored': null
  'notices.restoredText': null
  'notices.sentence': { readonly text: string }
  'notices.someCreated': { readonly asked: number; readonly created: number }
  'notices.someCreatedText': null
  'notices.template': null
  'notices.templateText': { readonly savedAs: string }
  'notices.transcriptSaved': null
  'notices.transcriptSavedText': { readonly savedAs: string }
  'notices.unassigned': { readonly count: number }
  'notices.unclear': { readonly name: string }
  'notices.undone': { readonly subject: string }
  'notices.unpinned': { readonly count: number }
  'notices.unpinnedText': null
  'notices.viewRemoved': { readonly name: string }
  'notices.waits': { readonly subject: string }
  'notification.back': { readonly name: string }
  'notification.backText': null
  'notification.carriedOutCount': { readonly count: number }
  'notification.carriedOutNamed': { readonly title: string }
  'notification.carriedOutText': { readonly count: number }
  'notification.failed': { readonly kind: string }
  'notification.failedCount': { readonly count: number; readonly kind: string }
  'notification.failedSaid': {
    readonly kind: string
    readonly provider: string
    readonly said: string
  }
  'notification.incompleteCount': { readonly count: number }
  'notification.incompleteNamed': { readonly title: string }
  'notification.incompleteText': { readonly left: number; readonly total: number }
  'notification.personDueText': null
  'notification.ready': { readonly kind: string }
  'notification.readyCount': { readonly count: number; readonly kind: string }
  'notification.together': { readonly count: number }
  'notification.waitingCount': { readonly count: number }
  'notification.waitingNamed': { readonly title: string }
  'notification.waitsForChanges': { readonly count: number }
  'notification.waitsForClock': null
  'notification.waitsForKey': null
  'pageChannel.embed': null
  'pageChannel.landing-page': null
  'pageChannel.widget': null
  'pageStatus.active': null
  'pageStatus.draft': null
  'pageStatus.inactive': null
  'palette.checkAccount': { readonly name: string }
  'palette.checkChain': null
  'palette.deleteForGood': { readonly name: string }
  'palette.deleteNamed': { readonly name: string }
  'palette.deletions': null
  'palette.diagnostics': null
  'palette.eraseLikeness': { readonly name: string }
  'palette.exportHistory': null
  'palette.field': null
  'palette.found': null
  'palette.historyView': { readonly name: string }
  'palette.importFiles': null
  'palette.lookAt': { readonly name: string }
  'palette.nothing': { readonly search: string }
  'palette.pinNamed': { readonly name: string }
  'palette.receipts': null
  'palette.refreshAccount': { readonly name: string }
  'palette.results': null
  'palette.reveal': null
  'palette.sample': null
  'palette.theme.dark': null
  'palette.theme.light': null
  'palette.theme.system': null
  'palette.title': null
  'palette.unpinNamed': { readonly name: string }
  'palette.view.grid': null
  'palette.view.list': null
  'people.action': null
  'people.add': null
  'people.assets': { readonly count: number }
  'people.assign.newName': null
  'people.assign.newPerson': null
  'people.assign.nobody': null
  'people.assign.nobodyHint': null
  'people.assign.save': null
  'people.assign.title': { readonly count: number }
  'people.back': null
  'people.clearSearch': null
  'people.consent': null
  'people.consentState.ending': { readonly days: number; readonly end: string }
  'people.consentState.expired': { readonly end: string }
  'people.consentState.none': null
  'people.consentState.open': null
  'people.consentState.openSince': { readonly date: string }
  'people.consentState.sinceUntil': { readonly date: string; readonly end: string }
  'people.consentState.until': { readonly end: string }
  'people.edit': null
  'people.emptyText': null
  'people.emptyTitle': null
  'people.eraseAll': null
  'people.form.addTitle': null
  'people.form.agreedOn': null
  'people.form.editTitle': null
  'people.form.keepUntil': null
  'people.form.keepUntilHint': null
  'people.form.name': null
  'people.form.note': null
  'people.form.noteHint': null
  'people.form.rule': null
  'people.form.ruleHint': null
  'people.form.save': null
  'people.form.untilOn': null
  'people.madeWith': { readonly made: string }
  'people.noAssets': null
  'people.noneFound': { readonly search: string }
  'people.nowhereText': null
  'people.nowhereTitle': null
  'people.person': null
  'people.remove': null
  'people.removeText': null
  'people.removeTitle': { readonly name: string }
  'people.retention.over': { readonly day: string }
  'people.retention.until': { readonly day: string }
  'people.rule': null
  'people.ruleText': { readonly rule: string }
  'people.search': null
  'people.title': null
  'people.whereTitle': null
  'personSave.busy': null
  'personSave.button': null
  'personSave.failed': null
  'personSave.gaps': { readonly count: number }
  'personSave.moreTranscripts': { readonly count: number }
  'personSave.noReceipt': null
  'personSave.planText': { readonly name: string }
  'personSave.progress': { readonly name: string }
  'personSave.saved': { readonly folder: string }
  'personSave.savedText': {
    readonly files: number
    readonly receipt: string
    readonly size: string
  }
  'personSave.saving': { readonly all: number; readonly done: number }
  'personSave.show': null
  'personSave.size': { readonly size: string }
  'personSave.someTranscripts': { readonly chosen: number; readonly count: number }
  'personSave.stop': null
  'personSave.stopped': null
  'personSave.stoppedText': null
  'personSave.text': null
  'personSave.title': null
  'personSave.transcriptList': null
  'personSave.transcripts': { readonly count: number }
  'personSave.transcriptsHint': null
  'plan.archive': null
  'plan.archiveFailed': null
  'plan.archived': { readonly files: number; readonly folder: string; readonly gaps: number }
  'plan.archiving': null
  'plan.before': { readonly after: string; readonly before: string }
  'plan.beforeNone': null
  'plan.blockedOf': { readonly all: number; readonly blocked: number }
  'plan.blockedOne': null
  'plan.cannotUndoBy': { readonly who: string }
  'plan.changeNote': null
  'plan.changed': null
  'plan.changesAndGoesInOrder': null
  'plan.changesInOrder': null
  'plan.choiceFor': { readonly kind: string }
  'plan.choices.keep': null
  'plan.choices.offline': null
  'plan.choices.permanent': null
  'plan.choices.repoint': null
  'plan.choices.soft': null
  'plan.clips': { readonly count: number }
  'plan.confirmFirst': null
  'plan.deletes.conversation': null
  'plan.deletes.conversations': null
  'plan.deletes.model': null
  'plan.deletes.page': null
  'plan.deletes.page-online': null
  'plan.deletes.pal-as-it-is': null
  'plan.deletes.persona': null
  'plan.deletes.predictions-and-files': null
  'plan.deletes.replica': null
  'plan.deletes.training-footage': null
  'plan.deletes.training-footage-perhaps': null
  'plan.deletes.uploaded-file': null
  'plan.deletes.version': null
  'plan.deletes.video': null
  'plan.deletes.video-thumbnails': null
  'plan.deletes.videos-made-with-it': null
  'plan.deletes.voice': null
  'plan.deletes.weights-perhaps': null
  'plan.drafts': { readonly count: number }
  'plan.editAccount': null
  'plan.effect.conversation': null
  'plan.effect.conversations': null
  'plan.effect.model': null
  'plan.effect.model-page': null
  'plan.effect.page': null
  'plan.effect.page-online': null
  'plan.effect.pages-showing-it': null
  'plan.effect.pal-as-it-is': null
  'plan.effect.persona': null
  'plan.effect.personas-using-it': null
  'plan.effect.predictions-and-files': null
  'plan.effect.provider-backups': null
  'plan.effect.replica': null
  'plan.effect.training-footage': null
  'plan.effect.training-footage-perhaps': null
  'plan.effect.trainings': null
  'plan.effect.uploaded-file': null
  'plan.effect.version': null
  'plan.effect.video': null
  'plan.effect.video-thumbnails': null
  'plan.effect.videos-made-with-it': null
  'plan.effect.voice': null
  'plan.effect.voice-made-with-it': null
  'plan.effect.weights-perhaps': null
  'plan.evidence.key': { readonly name: string }
  'plan.evidence.own_of_model': { readonly count: number }
  'plan.evidence.own_of_version': { readonly count: number }
  'plan.evidence.owner': { readonly name: string }
  'plan.evidence.run_count': { readonly count: number }
  'plan.evidence.web_of_version': { readonly count: number }
  'plan.exportPlan': null
  'plan.exported': { readonly path: string }
  'plan.gap.broken-off': { readonly name: string }
  'plan.gap.disk': { readonly name: string }
  'plan.gap.gone': { readonly name: string }
  'plan.gap.no-link': { readonly name: string }
  'plan.gap.too-large': { readonly name: string }
  'plan.gap.unreachable': { readonly name: string }
  'plan.goes': null
  'plan.goesInOrder': null
  'plan.images': { readonly count: number }
  'plan.keeps.conversations': null
  'plan.keeps.model-page': null
  'plan.keeps.personas-using-it': null
  'plan.keeps.provider-backups': null
  'plan.keeps.training-footage': null
  'plan.keeps.training-footage-perhaps': null
  'plan.keeps.trainings': null
  'plan.keeps.videos-made-with-it': null
  'plan.keeps.voice-made-with-it': null
  'plan.keeps.weights-perhaps': null
  'plan.kept.blocked': null
  'plan.kept.kept': null
  'plan.kept.not-known': null
  'plan.kept.not-offered': { readonly who: string }
  'plan.kept.not-readable': { readonly who: string }
  'plan.kept.others-data': null
  'plan.leaveOut': null
  'plan.localMedia.delete': null
  'plan.localMedia.keep': null
  'plan.more': { readonly count: number }
  'plan.nameChoice': null
  'plan.nameChoices.forget': null
  'plan.nameChoices.keep': null
  'plan.nameFate.forget': null
  'plan.nameFate.keep': null
  'plan.nameless': null
  'plan.noNewFace': null
  'plan.noNewVoice': null
  'plan.notKnown': null
  'plan.nothing': null
  'plan.onThisComputer': null
  'plan.openPage': null
  'plan.openSettings': null
  'plan.others': { readonly count: number }
  'plan.pictureChoice': null
  'plan.pictureChoices.delete': null
  'plan.pictureChoices.keep': null
  'plan.preparing.assets': null
  'plan.preparing.cleanup': { readonly who: string }
  'plan.preparing.likeness': { readonly who: string }
  'plan.preparing.person': null
  'plan.preparing.teardown': { readonly who: string }
  'plan.putBack': { readonly name: string }
  'plan.reasons': null
  'plan.repointFace': null
  'plan.repointVoice': null
  'plan.runAt': null
  'plan.runAtBad': null
  'plan.runAtHint': null
  'plan.savedFolders': { readonly folders: string }
  'plan.schedule': null
  'plan.scheduleNow': null
  'plan.softNote': null
  'plan.stays': null
  'plan.steps': null
  'plan.stockNamed': { readonly name: string; readonly type: string }
  'plan.submit': null
  'plan.submitChange': null
  'plan.submitErase': null
  'plan.submitKind.model': null
  'plan.submitKind.version': null
  'plan.submitSchedule': null
  'plan.submitSoft': null
  'plan.takeOut': { readonly name: string }
  'plan.takenOut': null
  'plan.title.cleanup': { readonly name: string }
  'plan.title.likeness': { readonly name: string }
  'plan.title.many': { readonly items: string }
  'plan.title.modelAndSome': {
    readonly allVersions: number
    readonly name: string
    readonly versions: number
  }
  'plan.title.nothing': { readonly name: string }
  'plan.title.one': { readonly kind: string; readonly name: string }
  'plan.title.pal': { readonly name: string }
  'plan.title.person': { readonly name: string }
  'plan.title.someOf': { readonly items: string; readonly left: number }
  'plan.title.someVersions': {
    readonly allVersions: number
    readonly name: string
    readonly versions: number
  }
  'plan.title.teardown': { readonly name: string }
  'plan.title.versions': { readonly name: string; readonly versions: number }
  'plan.title.withoutSome': { readonly all: number; readonly left: number; readonly title: string }
  'plan.typeCount': { readonly count: number }
  'plan.typeCountHint': null
  'plan.typeName': null
  'plan.unknown.backups': { readonly who: string }
  'plan.unknown.copies-elsewhere': null
  'plan.unknown.listing-incomplete': null
  'plan.unknown.page-address': null
  'plan.unknown.provider-may-refuse': { readonly who: string }
  'plan.unknown.refund': { readonly who: string }
  'plan.unknown.removal-takes-minutes': { readonly who: string }
  'plan.unknown.soft-delete-meaning': { readonly who: string }
  'plan.unknown.weights': { readonly who: string }
  'plan.unpin': null
  'plan.weight.blocked': null
  'plan.weight.likely': null
  'plan.weight.note': null
  'plan.weight.unknown': null
  'preview.next': null
  'preview.position': { readonly position: string; readonly total: string }
  'preview.previous': null
  'provider.replicate.about': null
  'provider.replicate.foreignKey': null
  'provider.replicate.keeps': null
  'provider.replicate.key': null
  'provider.replicate.keyHint': null
  'provider.replicate.keysPage': null
  'provider.replicate.whereIsKey': null
  'provider.tavus.about': null
  'provider.tavus.foreignKey': null
  'provider.tavus.keeps': null
  'provider.tavus.key': null
  'provider.tavus.keyHint': null
  'provider.tavus.keysPage': null
  'provider.tavus.whereIsKey': null
  'providerError.down.advice': { readonly who: string }
  'providerError.down.meaning': { readonly status: string }
  'providerError.down.title': { readonly who: string }
  'providerError.draft.meaning': { readonly who: string }
  'providerError.draft.title': null
  'providerError.inUse.advice': null
  'providerError.inUse.meaning': { readonly uses: string; readonly who: string }
  'providerError.inUse.title': null
  'providerError.inUse.uncounted': { readonly who: string }
  'providerError.keyMissing.advice': null
  'providerError.keyMissing.meaning': { readonly who: string }
  'providerError.keyMissing.title': null
  'providerError.keyRejected.advice': null
  'providerError.keyRejected.meaning': null
  'providerError.keyRejected.title': { readonly who: string }
  'providerError.notFound.advice': null
  'providerError.notFound.meaning': { readonly who: string }
  'providerError.notFound.title': null
  'providerError.offline.advice': null
  'providerError.offline.meaning': { readonly who: string }
  'providerError.offline.title': null
  'providerError.rateLimited.advice': { readonly wait: string }
  'providerError.rateLimited.meaning': null
  'providerError.rateLimited.title': { readonly who: string }
  'providerError.refused.advice': null
  'providerError.refused.meaning': { readonly status: string }
  'providerError.refused.title': { readonly who: string }
  'providerError.stale.meaning': { readonly who: string }
  'providerError.stale.title': null
  'providerError.timedOut.advice': null
  'providerError.timedOut.meaning': null
  'providerError.timedOut.title': { readonly who: string }
  'receipt.account': { readonly name: string; readonly provider: string }
  'receipt.archive': null
  'receipt.archiveIn': { readonly folder: string; readonly time: string }
  'receipt.check': { readonly result: string; readonly what: string }
  'receipt.checked.gone': null
  'receipt.checked.offline': null
  'receipt.checked.reachable': null
  'receipt.checked.says-deleted': null
  'receipt.checked.still-listed': null
  'receipt.checked.unknown': null
  'receipt.checked.unreachable': null
  'receipt.claim.asked': null
  'receipt.claim.check': null
  'receipt.claim.clock': null
  'receipt.claim.forgotten': null
  'receipt.claim.history': null
  'receipt.claim.provider': null
  'receipt.claim.signature': null
  'receipt.claim.statement': null
  'receipt.claims': null
  'receipt.claimsSigned': null
  'receipt.effect.conversations': null
  'receipt.effect.model-page': null
  'receipt.effect.personas-using-it': null
  'receipt.effect.predictions-and-files': null
  'receipt.effect.provider-backups': null
  'receipt.effect.training-footage': null
  'receipt.effect.training-footage-perhaps': null
  'receipt.effect.trainings': null
  'receipt.effect.uploaded-file': null
  'receipt.effect.video-thumbnails': null
  'receipt.effect.videos-made-with-it': null
  'receipt.effect.voice-made-with-it': null
  'receipt.effect.weights-perhaps': null
  'receipt.fact.account': null
  'receipt.fact.made': null
  'receipt.fact.plan': null
  'receipt.fact.requested': null
  'receipt.fact.sentTo': null
  'receipt.fact.trigger': null
  'receipt.fact.type': null
  'receipt.gap.broken-off': null
  'receipt.gap.disk': null
  'receipt.gap.gone': null
  'receipt.gap.no-link': null
  'receipt.gap.too-large': null
  'receipt.gap.unreachable': null
  'receipt.gapOne': { readonly name: string; readonly reason: string }
  'receipt.gapSeveral': { readonly count: string; readonly name: string; readonly reason: string }
  'receipt.kind.callback': null
  'receipt.kind.conversation': null
  'receipt.kind.document': null
  'receipt.kind.file': null
  'receipt.kind.memory': null
  'receipt.kind.model': null
  'receipt.kind.page': null
  'receipt.kind.persona': null
  'receipt.kind.recording': null
  'receipt.kind.replica': null
  'receipt.kind.version': null
  'receipt.kind.video': null
  'receipt.kind.voice': null
  'receipt.lead': {
    readonly count: number
    readonly day: string
    readonly mode: string
    readonly providers: string
  }
  'receipt.link.download': null
  'receipt.link.hosted': null
  'receipt.link.stream': null
  'receipt.link.thumbnail': null
  'receipt.lookup': null
  'receipt.manual': null
  'receipt.meaning.accepted': null
  'receipt.meaning.already-gone': null
  'receipt.meaning.canceled': null
  'receipt.meaning.done': null
  'receipt.meaning.none': null
  'receipt.meaning.not-found': null
  'receipt.meaning.refused': null
  'receipt.meaning.unclear': null
  'receipt.mode.offline': null
  'receipt.mode.permanent': null
  'receipt.mode.repoint': null
  'receipt.mode.soft': null
  'receipt.more': { readonly count: number }
  'receipt.moreFiles': { readonly count: number }
  'receipt.notChecked': null
  'receipt.notSent': null
  'receipt.nothingSent': null
  'receipt.outcome.accepted': null
  'receipt.outcome.already-gone': null
  'receipt.outcome.canceled': null
  'receipt.outcome.done': null
  'receipt.outcome.none': null
  'receipt.outcome.not-found': null
  'receipt.outcome.refused': null
  'receipt.outcome.unclear': null
  'receipt.page': { readonly page: string; readonly pages: string }
  'receipt.place.loopback': { readonly origin: string }
  'receipt.place.official': { readonly origin: string; readonly provider: string }
  'receipt.place.other': { readonly origin: string; readonly provider: string }
  'receipt.place.unrecorded': null
  'receipt.proof': null
  'receipt.proofFingerprint': null
  'receipt.proofFingerprintText': null
  'receipt.proofHistory': null
  'receipt.proofHistoryText': {
    readonly count: number
    readonly first: string
    readonly hash: string
    readonly head: string
    readonly last: string
  }
  'receipt.proofSignature': null
  'receipt.proofVerify': null
  'receipt.proofVerifyText': {
    readonly command: string
    readonly id: string
    readonly line: string
  }
  'receipt.reason.account-changed': null
  'receipt.reason.canceled': null
  'receipt.reason.confirmation-expired': null
  'receipt.reason.insecure-connection': null
  'receipt.reason.invalid-input': null
  'receipt.reason.key-changed': null
  'receipt.reason.key-damaged': null
  'receipt.reason.key-missing': null
  'receipt.reason.key-rejected': null
  'receipt.reason.keychain-unavailable': null
  'receipt.reason.not-found': null
  'receipt.reason.offline': null
  'receipt.reason.outcome-unknown': null
  'receipt.reason.provider-down': null
  'receipt.reason.provider-refused': null
  'receipt.reason.rate-limited': null
  'receipt.reason.read-only-account': null
  'receipt.reason.storage-failed': null
  'receipt.reason.timed-out': null
  'receipt.reason.unexpected-response': null
  'receipt.reasonLine': { readonly reason: string }
  'receipt.reasonSaid': { readonly reason: string; readonly said: string }
  'receipt.remains': null
  'receipt.remainsNothing': null
  'receipt.said': { readonly said: string }
  'receipt.sampleAccount': null
  'receipt.sampleAll': { readonly who: string }
  'receipt.sampleSome': { readonly who: string }
  'receipt.scheduled': { readonly time: string }
  'receipt.scope.assets': null
  'receipt.scope.cleanup': null
  'receipt.scope.likeness': null
  'receipt.scope.person': null
  'receipt.scope.teardown': null
  'receipt.sent': { readonly count: number; readonly time: string }
  'receipt.sentTo': { readonly host: string }
  'receipt.someProvider': null
  'receipt.survives.blocked': null
  'receipt.survives.kept': null
  'receipt.survives.not-included': null
  'receipt.survives.not-known': null
  'receipt.survives.not-offered': null
  'receipt.survives.not-readable': null
  'receipt.survives.others-data': null
  'receipt.survivor': { readonly reason: string; readonly what: string }
  'receipt.survivorNamed': { readonly name: string; readonly reason: string; readonly what: string }
  'receipt.table.checks': null
  'receipt.table.item': null
  'receipt.table.requested': null
  'receipt.table.response': null
  'receipt.table.rest': { readonly left: number; readonly shown: number; readonly total: number }
  'receipt.table.times': null
  'receipt.table.timesOn': { readonly day: string }
  'receipt.table.title': null
  'receipt.table.type': null
  'receipt.title': null
  'receipt.titleSample': null
  'receipt.titled': { readonly id: string }
  'receipt.type.mixed': null
  'receipt.type.offline': null
  'receipt.type.permanent': null
  'receipt.type.repoint': null
  'receipt.type.soft': null
  'receipt.unknowable': null
  'receipt.unknowableNothing': null
  'receipt.unknown.backups': null
  'receipt.unknown.copies-elsewhere': null
  'receipt.unknown.listing-incomplete': null
  'receipt.unknown.page-address': null
  'receipt.unknown.provider-may-refuse': null
  'receipt.unknown.refund': null
  'receipt.unknown.removal-takes-minutes': null
  'receipt.unknown.soft-delete-meaning': null
  'receipt.unknown.weights': null
  'receipt.version': { readonly version: string }
  'receiptNotice.closed': null
  'receiptNotice.fingerprint': { readonly fingerprint: string }
  'receiptNotice.keyMade': null
  'receiptNotice.saved': null
  'receiptNotice.savedAs': { readonly file: string }
  'receiptNotice.setUp': null
  'receiptNotice.why': { readonly advice: string; readonly title: string; readonly why: string }
  'receipts.another': null
  'receipts.badTitle': null
  'receipts.checked': null
  'receipts.claim': null
  'receipts.close': null
  'receipts.copyFingerprint': null
  'receipts.earlierKey': null
  'receipts.fingerprint': null
  'receipts.fingerprintHint': null
  'receipts.goodHistoryTitle': null
  'receipts.goodTitle': null
  'receipts.key': null
  'receipts.keyUnknown': null
  'receipts.makeKey': null
  'receipts.makeKeyAsk': null
  'receipts.makeKeyTitle': null
  'receipts.namedKey': null
  'receipts.noFingerprint': null
  'receipts.notSaved': null
  'receipts.oldKey': null
  'receipts.otherKey': null
  'receipts.ownKey': null
  'receipts.reasons': null
  'receipts.sampleTitle': null
  'receipts.saveJson': null
  'receipts.savePdf': null
  'receipts.verify': null
  'refresh.endless': { readonly who: string }
  'refresh.endlessText': { readonly count: number }
  'refresh.item': { readonly list: string; readonly page: number; readonly position: number }
  'refresh.itemWithId': {
    readonly id: string
    readonly list: string
    readonly page: number
    readonly position: number
  }
  'refresh.page': { readonly list: string; readonly page: number }
  'refresh.pageOf': { readonly id: string; readonly list: string; readonly page: number }
  'refresh.region': null
  'refresh.restingText': null
  'refresh.running': { readonly count: number }
  'refresh.runningIn': { readonly count: number; readonly names: string }
  'refresh.stopped': null
  'refresh.stoppedText': { readonly count: number }
  'refresh.tooLarge': { readonly places: string }
  'refresh.tooLargeItem': null
  'refresh.tooLargePage': { readonly who: string }
  'refresh.waited': { readonly time: string; readonly who: string }
  'refresh.waitedText': null
  'refresh.waiting': { readonly time: string; readonly who: string }
  'refresh.waitingText': { readonly count: number }
  'rename.field': null
  'report.everything': null
  'report.head': null
  'report.headText': { readonly seq: string }
  'report.lead': { readonly operations: number; readonly records: number }
  'report.leadStory': { readonly records: number }
  'report.made': null
  'report.nothing': null
  'report.offline': null
  'report.operations': { readonly count: number }
  'report.parts': { readonly count: number }
  'report.partsLeft': { readonly count: number }
  'report.period': null
  'report.periodText': { readonly from: string; readonly until: string }
  'report.proof': null
  'report.records': { readonly count: number }
  'report.sample': { readonly accounts: string }
  'report.selection': null
  'report.shortened': { readonly count: number }
  'report.times': null
  'report.timesText': { readonly zone: string }
  'report.title': null
  'report.version': { readonly version: string }
  'restore.accountsKnown': { readonly names: string }
  'restore.accountsNew': { readonly names: string }
  'restore.assets': { readonly count: number }
  'restore.begin': null
  'restore.button': null
  'restore.choose': null
  'restore.chooseOther': null
  'restore.consentNotes': { readonly count: number }
  'restore.deletions': { readonly count: number }
  'restore.drafts': { readonly count: number }
  'restore.enterKeys': null
  'restore.failed': null
  'restore.failedText': null
  'restore.hint': null
  'restore.keys': null
  'restore.made': { readonly at: string; readonly computer: string; readonly version: string }
  'restore.madeHere': { readonly at: string; readonly version: string }
  'restore.more': { readonly count: number; readonly names: string }
  'restore.notes': { readonly count: number }
  'restore.nothingNew': null
  'restore.nothingSent': null
  'restore.openDeletions': { readonly count: number }
  'restore.persons': { readonly names: string }
  'restore.progress': null
  'restore.range': { readonly from: string; readonly until: string }
  'restore.reading': null
  'restore.readingText': null
  'restore.ready': null
  'restore.records': { readonly count: number }
  'restore.refused': null
  'restore.restored': null
  'restore.restoredText': {
    readonly accounts: number
    readonly assets: number
    readonly persons: number
    readonly pictures: number
    readonly records: number
  }
  'restore.restoring': null
  'restore.restoringText': null
  'restore.signing': null
  'restore.text': null
  'restore.title': null
  'restore.withSettings': null
  'savedPage.about': null
  'savedPage.account': null
  'savedPage.check': null
  'savedPage.checkText': null
  'savedPage.created': null
  'savedPage.details': null
  'savedPage.folder': { readonly date: string; readonly name: string }
  'savedPage.history': null
  'savedPage.historyText': null
  'savedPage.items': { readonly count: number }
  'savedPage.lead': { readonly time: string }
  'savedPage.madeWith': null
  'savedPage.receiptText': null
  'savedPage.record': null
  'savedPage.status': null
  'savedPage.time': null
  'savedPage.title': { readonly name: string }
  'settings.about': null
  'settings.appearance': null
  'settings.background': null
  'settings.backup': null
  'settings.clearAgainText': null
  'settings.clearAgainTitle': { readonly count: number }
  'settings.clearConfirm': null
  'settings.clearHistory': null
  'settings.clearHistoryHint': null
  'settings.clearNext': null
  'settings.clearText': { readonly count: number }
  'settings.clearTitle': null
  'settings.deleting': null
  'settings.diagnostics': null
  'settings.diagnosticsText': null
  'settings.exportFolder': null
  'settings.exportFolderChoose': null
  'settings.exportFolderClear': null
  'settings.exportFolderNone': null
  'settings.help': null
  'settings.history': null
  'settings.hold': null
  'settings.holdHint': null
  'settings.holdOffHint': null
  'settings.interval': null
  'settings.intervalHint': null
  'settings.language': null
  'settings.languageOfSystem': null
  'settings.notificationChoices.all': null
  'settings.notificationChoices.failures': null
  'settings.notificationChoices.off': null
  'settings.notifications': null
  'settings.notificationsHint.absent': null
  'settings.notificationsHint.ok': null
  'settings.notificationsHint.silent': null
  'settings.notificationsHint.unknown': null
  'settings.off': null
  'settings.on': null
  'settings.receipts': null
  'settings.receiptsText': null
  'settings.reveal': null
  'settings.sample': null
  'settings.sampleStart': null
  'settings.sampleText': null
  'settings.sections': null
  'settings.shortcuts': null
  'settings.startsAtLogin': null
  'settings.startsAtLoginHint': null
  'settings.statusOf': { readonly who: string }
  'settings.storage': null
  'settings.stored.keys.what': null
  'settings.stored.keys.where': null
  'settings.stored.library.what': null
  'settings.stored.library.where': null
  'settings.stored.links.what': null
  'settings.stored.links.where': null
  'settings.stored.sent.what': null
  'settings.stored.sent.where': null
  'settings.stored.thumbnails.what': null
  'settings.stored.thumbnails.where': null
  'settings.theme': null
  'settings.themes.dark': null
  'settings.themes.light': null
  'settings.themes.system': null
  'settings.thumbnails': null
  'settings.thumbnailsHint': null
  'settings.title': null
  'settings.view': null
  'settings.views.grid': null
  'settings.views.list': null
  'settings.watching': null
  'settings.whenClosed': null
  'settings.whenClosedChoices.always': null
  'settings.whenClosedChoices.promised': null
  'settings.whenClosedChoices.quit': null
  'settings.whenClosedHints.always': null
  'settings.whenClosedHints.promised': null
  'settings.whenClosedHints.quit': null
  'settings.where': null
  'shortcuts.everywhere': null
  'shortcuts.inHistory': null
  'shortcuts.inLibrary': null
  'shortcuts.title': null
  'states.loading': null
  'statusName.deleted': null
  'statusName.failed': null
  'statusName.other': null
  'statusName.preview': null
  'statusName.ready': null
  'statusName.training': null
  'staying.choice': null
  'staying.noTray': null
  'staying.stay': null
  'staying.title': null
  'staying.tray': { readonly platform: string }
  'sync.asOf': { readonly time: string }
  'sync.notListedYet': null
  'sync.offline': null
  'sync.offlineNamed': { readonly names: string }
  'sync.offlineSince': { readonly when: string }
  'sync.offlineSinceNamed': { readonly names: string; readonly when: string }
  'sync.unreadable': { readonly count: number }
  'sync.watched': { readonly count: number }
  'things.named': { readonly kind: string; readonly name: string }
  'things.nameless': { readonly kind: string }
  'things.perhapsMore': { readonly kind: string }
  'things.unnamed': { readonly kind: string }
  'time.dayAndTime': { readonly day: string; readonly time: string }
  'time.justNow': null
  'time.soon': null
  'time.today': null
  'time.when': { readonly date: string; readonly day: string; readonly time: string }
  'time.yesterday': null
  'trainingFailure.audio.meaning': null
  'trainingFailure.audio.nextStep': null
  'trainingFailure.consent.meaning': null
  'trainingFailure.consent.nextStep': null
  'trainingFailure.cuts.meaning': null
  'trainingFailure.cuts.nextStep': null
  'trainingFailure.download.meaning': { readonly who: string }
  'trainingFailure.download.nextStep': null
  'trainingFailure.duration.meaning': null
  'trainingFailure.duration.nextStep': null
  'trainingFailure.face.meaning': null
  'trainingFailure.face.nextStep': null
  'trainingFailure.format.meaning': { readonly who: string }
  'trainingFailure.format.nextStep': null
  'trainingFailure.frameRate.meaning': null
  'trainingFailure.frameRate.nextStep': null
  'trainingFailure.light.meaning': null
  'trainingFailure.light.nextStep': null
  'trainingFailure.other.meaning': null
  'trainingFailure.other.nextStep': { readonly who: string }
  'trainingFailure.quality.meaning': null
  'trainingFailure.quality.nextStep': null
  'trainingFailure.rules.meaning': { readonly who: string }
  'trainingFailure.rules.nextStep': { readonly who: string }
  'trainingFailure.size.meaning': { readonly who: string }
  'trainingFailure.size.nextStep': null
  'transcript.by.face': null
  'transcript.by.unknown': null
  'transcript.by.visitor': null
  'transcript.cut': null
  'transcript.file.title': { readonly name: string }
  'transcript.none': null
  'transcript.save': null
  'transcript.show': null
  'transcript.title': null
  'transcript.why': null
  'tray.idle': null
  'tray.open': null
  'tray.paused': null
  'tray.quit': null
  'trouble.disk-full.detail': null
  'trouble.disk-full.title': null
  'trouble.failed.detail': null
  'trouble.failed.error': { readonly error: string; readonly reference: string }
  'trouble.failed.title': null
  'trouble.held.detail': { readonly host: string }
  'trouble.held.title': null
  'trouble.not-a-folder.detail': null
  'trouble.not-a-folder.title': null
  'trouble.not-writable.detail': null
  'trouble.not-writable.title': null
  'trouble.notLogged': null
  'updates.check': null
  'updates.checkedAt': null
  'updates.checks': null
  'updates.checksHint': null
  'updates.choices.daily': null
  'updates.choices.off': null
  'updates.failed': { readonly version: string }
  'updates.foundNotice.text': null
  'updates.foundNotice.title': { readonly version: string }
  'updates.none': null
  'updates.offHint': null
  'updates.openPage': null
  'updates.readyNotice.text': null
  'updates.readyNotice.title': { readonly version: string }
  'updates.restart': null
  'updates.stand.checking': null
  'updates.stand.current': null
  'updates.stand.downloading': { readonly percent: string; readonly version: string }
  'updates.stand.found': { readonly version: string }
  'updates.stand.ready': { readonly version: string }
  'updates.stand.unknown': null
  'updates.title': null
  'updates.trouble.cut-off': null
  'updates.trouble.disk-full': null
  'updates.trouble.insecure': null
  'updates.trouble.no-access': null
  'updates.trouble.no-file': null
  'updates.trouble.not-installed': null
  'updates.trouble.offline': null
  'updates.trouble.redirect': null
  'updates.trouble.server': null
  'updates.trouble.timed-out': null
  'updates.trouble.too-large': null
  'updates.trouble.unreadable': null
  'updates.trouble.unsigned': null
  'updates.trouble.wrong-hash': null
  'updates.trouble.wrong-signature': null
  'updates.updatedNotice.text': null
  'updates.updatedNotice.title': { readonly version: string }
  'updates.whatsNew': null
  'uploads.bucket': null
  'uploads.cancel': null
  'uploads.choose': null
  'uploads.chooseHint': { readonly field: string }
  'uploads.clear': null
  'uploads.done': { readonly name: string }
  'uploads.getLink': null
  'uploads.missing': null
  'uploads.needsBucket': null
  'uploads.needsBucketText': null
  'uploads.pause': null
  'uploads.paused': { readonly sent: string; readonly size: string }
  'uploads.progress': { readonly file: string }
  'uploads.region': { readonly field: string }
  'uploads.resume': null
  'uploads.sent': { readonly sent: string; readonly size: string }
  'uploads.speed': { readonly sent: string; readonly size: string; readonly speed: string }
  'uploads.speedLeft': {
    readonly left: string
    readonly sent: string
    readonly size: string
    readonly speed: string
  }
  'uploads.start': { readonly name: string }
  'uploads.startChosen': null
  'uploads.startedOver': null
  'uploads.verifying': null
  'uploads.waiting': null
  'video.again': null
  'video.againConsent': null
  'video.checking': null
  'video.commandName': null
  'video.copied': null
  'video.copyCommand': null
  'video.fact.audio': null
  'video.fact.format': null
  'video.fact.host': null
  'video.fact.index': null
  'video.fact.length': null
  'video.fact.picture': null
  'video.fact.rate': null
  'video.fact.size': null
  'video.failed': null
  'video.finding.audio-missing': null
  'video.finding.audio-other': { readonly codec: string }
  'video.finding.audio-present': null
  'video.finding.clock-off': { readonly minutes: string }
  'video.finding.codec-h264': null
  'video.finding.codec-other': { readonly codec: string }
  'video.finding.codec-unknown': null
  'video.finding.codec-webm': { readonly codec: string }
  'video.finding.deep-color': { readonly bits: string; readonly chroma: string }
  'video.finding.edit-list': null
  'video.finding.file-missing': null
  'video.finding.file-silent': null
  'video.finding.file-unreadable': null
  'video.finding.format-audio': null
  'video.finding.format-avi': null
  'video.finding.format-empty': { readonly source: string }
  'video.finding.format-image': null
  'video.finding.format-mkv': { readonly mend: string }
  'video.finding.format-mov': { readonly mend: string }
  'video.finding.format-mp4': null
  'video.finding.format-page': { readonly source: string }
  'video.finding.format-text': null
  'video.finding.format-ts': null
  'video.finding.format-unknown': null
  'video.finding.format-webm': null
  'video.finding.format-xml': { readonly source: string }
  'video.finding.format-zip': null
  'video.finding.fragmented': null
  'video.finding.hdr': null
  'video.finding.index-last': null
  'video.finding.length-ok': { readonly time: string }
  'video.finding.length-phoenix-3': { readonly time: string }
  'video.finding.length-short': { readonly time: string }
  'video.finding.length-tight': { readonly time: string }
  'video.finding.length-unknown': null
  'video.finding.link-archived': null
  'video.finding.link-broke-off': null
  'video.finding.link-bucket-missing': null
  'video.finding.link-busy': null
  'video.finding.link-changing': null
  'video.finding.link-compressed': null
  'video.finding.link-denied': null
  'video.finding.link-ends-early': { readonly hours: string }
  'video.finding.link-expired': { readonly when: string }
  'video.finding.link-incomplete': null
  'video.finding.link-insecure': null
  'video.finding.link-key-removed': null
  'video.finding.link-leads-inside': { readonly host: string }
  'video.finding.link-malformed': null
  'video.finding.link-missing': null
  'video.finding.link-no-ranges': null
  'video.finding.link-no-right': null
  'video.finding.link-no-size': null
  'video.finding.link-not-found': { readonly status: string }
  'video.finding.link-not-started': null
  'video.finding.link-redirects': null
  'video.finding.link-region': null
  'video.finding.link-resolves-inside': { readonly host: string }
  'video.finding.link-session-ended': null
  'video.finding.link-signature': null
  'video.finding.link-silent': null
  'video.finding.link-status': { readonly status: string }
  'video.finding.link-tls': { readonly host: string }
  'video.finding.link-unreachable': { readonly host: string }
  'video.finding.no-index': null
  'video.finding.no-video': null
  'video.finding.not-checked': { readonly host: string }
  'video.finding.not-rechecked': null
  'video.finding.open-ended': null
  'video.finding.rate-low': { readonly mend: string; readonly rate: string }
  'video.finding.rate-ok': { readonly rate: string }
  'video.finding.rate-uneven': { readonly rate: string }
  'video.finding.rate-unknown': null
  'video.finding.resolution-low': { readonly height: string; readonly width: string }
  'video.finding.resolution-ok': { readonly height: string; readonly width: string }
  'video.finding.resolution-poor': { readonly height: string; readonly width: string }
  'video.finding.several-videos': { readonly count: string }
  'video.finding.size-limit': { readonly bytes: string }
  'video.finding.size-ok': { readonly bytes: string }
  'video.finding.size-over': { readonly bytes: string }
  'video.finding.too-much-to-read': null
  'video.finding.truncated': { readonly bytes: string; readonly source: string }
  'video.finding.type-general': { readonly type: string }
  'video.finding.type-page': null
  'video.finding.unreadable': null
  'video.fit': null
  'video.fitCancel': null
  'video.fitFailed': null
  'video.fitHintReencode': null
  'video.fitHintRemux': null
  'video.fitRunning': null
  'video.good': null
  'video.hide': null
  'video.mayRefuse': { readonly type: string }
  'video.noPreview': null
  'video.passed': { readonly count: number }
  'video.play': null
  'video.preview': { readonly name: string }
  'video.region': { readonly name: string }
  'video.rules': { readonly date: string; readonly who: string }
  'video.speak': null
  'video.still': null
  'video.tavusRefuses': { readonly type: string }
  'video.unread': { readonly facts: string }
  'video.unread.audio': null
  'video.unread.codec': null
  'video.unread.length': null
  'video.unread.picture': null
  'video.unread.rate': null
  'video.unread.size': null
  'video.unread.whole': null
  'video.value.first': null
  'video.value.fragments': null
  'video.value.last': null
  'video.value.noAudio': null
  'video.value.none': null
  'video.value.rate': { readonly rate: string }
  'video.value.rateSpread': {
    readonly largest: string
    readonly rate: string
    readonly smallest: string
  }
  'video.value.turned': { readonly degrees: string; readonly size: string }
  'videoFailure.audio.meaning': { readonly who: string }
  'videoFailure.audio.nextStep': { readonly who: string }
  'videoFailure.download.meaning': { readonly who: string }
  'videoFailure.download.nextStep': null
  'videoFailure.other.meaning': null
  'videoFailure.other.nextStep': { readonly who: string }
  'videoFailure.replica.meaning': null
  'videoFailure.replica.nextStep': { readonly who: string }
  'videoFailure.rules.meaning': { readonly who: string }
  'videoFailure.rules.nextStep': { readonly who: string }
  'whatsNew.none': null
  'whatsNew.release': { readonly version: string }
  'whatsNew.title': null
  'whatsNew.unreleased': null
}

export type MessageId = keyof MessageValues
