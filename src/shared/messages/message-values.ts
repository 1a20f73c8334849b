/** What each message has to be given. Written by `npm run messages` from en-US.json. */
export interface MessageValues {
  'accountForm.addTitle': null
  'accountForm.apiAddress': null
  'accountForm.apiAddressHint': null
  'accountForm.apiKeyStays': { readonly last4: string }
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
  'accountForm.name': null
  'accountForm.nameHint': null
  'accountForm.provider': null
  'accountForm.readOnly': null
  'accountForm.readOnlyHint': null
  'accountForm.save': null
  'accountForm.showTyped': null
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
  'app.name': null
  'batches.cancel': null
  'batches.changes': null
  'batches.close': null
  'batches.dismiss': null
  'batches.emptyText': null
  'batches.emptyTitle': null
  'batches.hideItems': null
  'batches.hidePast': null
  'batches.hold': null
  'batches.items': null
  'batches.morePast': { readonly left: number }
  'batches.noPast': null
  'batches.open': null
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
  'batches.title': null
  'batches.toAccount': null
  'batches.undo': null
  'cautions.active-conversation': null
  'cautions.already-asked': null
  'cautions.base-of-training': null
  'cautions.deployed': null
  'cautions.failed-recently': null
  'cautions.name-stays-taken': null
  'cautions.not-gone-yet': null
  'cautions.not-owner': null
  'cautions.not-private': null
  'cautions.others-ran-it': null
  'cautions.overridden': null
  'cautions.pinned': null
  'cautions.read-only-account': null
  'cautions.still-unclear': null
  'cautions.stock-replica': null
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
  'cautions.unchecked.versions-left': null
  'cautions.versions-left': null
  'common.account': null
  'common.allAccounts': null
  'common.cancel': null
  'common.close': null
  'common.copied': null
  'common.copyDetails': null
  'common.partOf': { readonly part: number; readonly whole: number }
  'common.readOnly': null
  'common.refresh': null
  'common.reload': null
  'common.sampleData': null
  'common.search': null
  'common.stop': null
  'common.tryAgain': null
  'common.unknown': null
  'creation.account': null
  'creation.addEmpty': null
  'creation.callback': null
  'creation.callbackHint': null
  'creation.callbackLink': null
  'creation.chooseAccount': null
  'creation.consentIn': null
  'creation.consentInOwn': null
  'creation.consentInTraining': null
  'creation.consentVideo': null
  'creation.consentVideoLink': null
  'creation.copyStatement': null
  'creation.create': null
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
  'creation.endedWord': null
  'creation.endsWord': null
  'creation.greenScreen': null
  'creation.guide': null
  'creation.import': null
  'creation.importHint': null
  'creation.keepAsDraft': null
  'creation.linkAgain': null
  'creation.linkAgainWhy': null
  'creation.lookAgain': null
  'creation.memoryOnly': null
  'creation.model': null
  'creation.namePlaceholder': null
  'creation.needAccount': null
  'creation.noLink': null
  'creation.nonHuman': null
  'creation.nonHumanHint': null
  'creation.notListed': null
  'creation.notListedText': null
  'creation.personal': null
  'creation.personalHint': null
  'creation.putAway': null
  'creation.region': null
  'creation.replicaName': null
  'creation.sampleFill': null
  'creation.sampleLinks': null
  'creation.show': null
  'creation.statementSource': null
  'creation.statementTitle': null
  'creation.subject': null
  'creation.summary': null
  'creation.takeAwayOf': { readonly label: string }
  'creation.title': null
  'creation.trainVideo': null
  'creation.trainVideoLink': null
  'creation.unclear': null
  'creation.unsettled': null
  'creation.unsettledText': null
  'creation.urlPlaceholder': null
  'creation.usualModel': null
  'deed.accept': null
  'deed.acceptHistory': null
  'deed.changeAccount': { readonly known: string; readonly name: string }
  'deed.changeAccountButton': null
  'deed.changeSetting': null
  'deed.choose': null
  'deed.chooseExportFolder': null
  'deed.clearHistory': null
  'deed.copy': null
  'deed.copyLink': null
  'deed.deleteButton': null
  'deed.deleteCount': { readonly count: number; readonly mode: string }
  'deed.deleteNamed': { readonly mode: string; readonly title: string }
  'deed.deleteUnknown': null
  'deed.forgetKey': { readonly known: string; readonly name: string }
  'deed.noHold': null
  'deed.open': null
  'deed.openLink': null
  'deed.openPage': null
  'deed.removeAccount': { readonly known: string; readonly name: string }
  'deed.removePerson': null
  'deed.removePersonButton': null
  'deed.renewKey': null
  'deed.renewKeyButton': null
  'deed.restore': null
  'deed.restoreBackup': null
  'deed.resumeDeletion': null
  'deed.retryDeletion': null
  'deed.revealData': null
  'deed.saveArchive': null
  'deed.saveDiagnostics': null
  'deed.saveHistory': null
  'deed.savePlan': null
  'deed.saveReceipt': null
  'deed.shorterHold': null
  'deed.show': null
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
  'detail.history': null
  'detail.id': null
  'detail.label': null
  'detail.links': null
  'detail.madeWith': null
  'detail.model': null
  'detail.more': null
  'detail.noDeletions': null
  'detail.noHistory': null
  'detail.pastDeletions': null
  'detail.pause': null
  'detail.pinned': null
  'detail.pinnedHint': null
  'detail.play': null
  'detail.rename': null
  'detail.showReplica': { readonly name: string }
  'detail.showVideos': { readonly count: number }
  'detail.trainingTime': null
  'detail.type': null
  'detail.updated': null
  'detail.videosMade': null
  'dialog.crashed': null
  'dialog.crashedDetail': { readonly count: number }
  'dialog.dataFolder': { readonly folder: string }
  'dialog.dontQuit': null
  'dialog.noPress': null
  'dialog.openDataFolder': null
  'dialog.quit': null
  'dialog.quitAsk': { readonly count: number }
  'dialog.tryAgain': null
  'errorBoundary.text': null
  'errorBoundary.title': null
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
  'health.restore': null
  'history.acceptEnd': null
  'history.account': null
  'history.chain': null
  'history.check': null
  'history.checkedAt': { readonly time: string }
  'history.clear': null
  'history.copyHash': null
  'history.detailLabel': null
  'history.emptyText': null
  'history.emptyTitle': null
  'history.end': null
  'history.export': null
  'history.exportCsv': null
  'history.exportCsvHint': null
  'history.exportJsonl': null
  'history.exportJsonlHint': null
  'history.filteredTitle': null
  'history.group': null
  'history.groups.all': null
  'history.groups.creations': null
  'history.groups.deletions': null
  'history.groups.elsewhere': null
  'history.id': null
  'history.label': null
  'history.more': null
  'history.record': null
  'history.searchHint': null
  'history.several': null
  'history.showAsset': null
  'history.title': null
  'history.when': null
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
  'library.actions.showHistory': null
  'library.actions.unpin': null
  'library.actionsFor': { readonly name: string }
  'library.age': null
  'library.ages.any': null
  'library.ages.month': null
  'library.ages.today': null
  'library.ages.week': null
  'library.ages.year': null
  'library.all': null
  'library.anyModel': null
  'library.clearFilters': null
  'library.clearSelection': null
  'library.columns.account': null
  'library.columns.created': null
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
  'library.columnsMenu': null
  'library.deleteCount': { readonly items: string }
  'library.deleteNamed': { readonly name: string }
  'library.deleteSelected': null
  'library.deleteSelectedForGood': null
  'library.deleted': null
  'library.emptyStockText': null
  'library.emptyStockTitle': null
  'library.emptyText': null
  'library.emptyTitle': null
  'library.emptyVideosText': null
  'library.emptyVideosTitle': null
  'library.everyReplica': null
  'library.failed': null
  'library.filteredTitle': null
  'library.generating': null
  'library.grid': null
  'library.list': null
  'library.lookingText': null
  'library.lookingTitle': { readonly who: string }
  'library.mine': null
  'library.model': null
  'library.models': { readonly count: number }
  'library.newReplica': null
  'library.notListedYetText': { readonly who: string }
  'library.notListedYetTitle': null
  'library.offlineReason': null
  'library.origin': null
  'library.ready': null
  'library.rowNumbered': { readonly position: number }
  'library.searchHint': null
  'library.select': { readonly name: string }
  'library.selectAll': { readonly count: number }
  'library.selectFirst': { readonly count: number }
  'library.selected': { readonly items: string }
  'library.selectedMost': { readonly items: string; readonly rest: number }
  'library.selection': null
  'library.sort': null
  'library.sorts.created-asc': null
  'library.sorts.created-desc': null
  'library.sorts.name-asc': null
  'library.sorts.name-desc': null
  'library.sorts.status': null
  'library.state': null
  'library.stock': null
  'library.training': null
  'library.videosOf': { readonly name: string }
  'library.view': null
  'library.widthOf': { readonly column: string }
  'nav.accounts': null
  'nav.accountsPlace': null
  'nav.app': null
  'nav.freshness': null
  'nav.history': null
  'nav.label': null
  'nav.library': null
  'nav.people': null
  'nav.sample': null
  'nav.settings': null
  'nav.skip': null
  'nav.skipToResults': null
  'notification.back': { readonly name: string }
  'notification.backText': null
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
  'notification.ready': { readonly kind: string }
  'notification.readyCount': { readonly count: number; readonly kind: string }
  'notification.together': { readonly count: number }
  'notification.waitingCount': { readonly count: number }
  'notification.waitingNamed': { readonly title: string }
  'notification.waitsForChanges': { readonly count: number }
  'notification.waitsForClock': null
  'notification.waitsForKey': null
  'palette.checkAccount': { readonly name: string }
  'palette.checkChain': null
  'palette.deleteForGood': { readonly name: string }
  'palette.deleteNamed': { readonly name: string }
  'palette.deletions': null
  'palette.diagnostics': null
  'palette.eraseLikeness': { readonly name: string }
  'palette.exportCsv': null
  'palette.exportJsonl': null
  'palette.field': null
  'palette.found': null
  'palette.importFiles': null
  'palette.lookAt': { readonly name: string }
  'palette.nothing': { readonly search: string }
  'palette.pinNamed': { readonly name: string }
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
  'people.assets': { readonly count: number }
  'plan.archive': null
  'plan.archiveFailed': null
  'plan.archived': { readonly files: number; readonly folder: string; readonly gaps: number }
  'plan.archiving': null
  'plan.blocks': null
  'plan.cannotUndoBy': { readonly who: string }
  'plan.changed': null
  'plan.choiceFor': { readonly kind: string }
  'plan.choices.keep': null
  'plan.choices.permanent': null
  'plan.choices.soft': null
  'plan.clips': { readonly count: number }
  'plan.deletes.conversation': null
  'plan.deletes.conversations': null
  'plan.deletes.model': null
  'plan.deletes.persona': null
  'plan.deletes.predictions-and-files': null
  'plan.deletes.replica': null
  'plan.deletes.training-footage': null
  'plan.deletes.training-footage-perhaps': null
  'plan.deletes.version': null
  'plan.deletes.video': null
  'plan.deletes.video-thumbnails': null
  'plan.deletes.videos-made-with-it': null
  'plan.deletes.weights-perhaps': null
  'plan.editAccount': null
  'plan.effect.conversation': null
  'plan.effect.conversations': null
  'plan.effect.model': null
  'plan.effect.model-page': null
  'plan.effect.persona': null
  'plan.effect.personas-using-it': null
  'plan.effect.predictions-and-files': null
  'plan.effect.provider-backups': null
  'plan.effect.replica': null
  'plan.effect.training-footage': null
  'plan.effect.training-footage-perhaps': null
  'plan.effect.trainings': null
  'plan.effect.version': null
  'plan.effect.video': null
  'plan.effect.video-thumbnails': null
  'plan.effect.videos-made-with-it': null
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
  'plan.keeps.weights-perhaps': null
  'plan.kept.blocked': null
  'plan.kept.kept': null
  'plan.kept.not-known': null
  'plan.kept.not-offered': { readonly who: string }
  'plan.kept.not-readable': { readonly who: string }
  'plan.leaveOut': null
  'plan.localMedia.delete': null
  'plan.localMedia.keep': null
  'plan.more': { readonly count: number }
  'plan.nameless': null
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
  'plan.runAt': null
  'plan.runAtBad': null
  'plan.runAtHint': null
  'plan.schedule': null
  'plan.scheduleNow': null
  'plan.softNote': null
  'plan.stays': null
  'plan.steps': null
  'plan.submit': null
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
  'plan.title.person': { readonly name: string }
  'plan.title.someVersions': {
    readonly allVersions: number
    readonly name: string
    readonly versions: number
  }
  'plan.title.teardown': { readonly name: string }
  'plan.title.versions': { readonly name: string; readonly versions: number }
  'plan.typeCount': { readonly count: number }
  'plan.typeCountHint': null
  'plan.typeName': null
  'plan.unknown.backups': { readonly who: string }
  'plan.unknown.copies-elsewhere': null
  'plan.unknown.listing-incomplete': null
  'plan.unknown.provider-may-refuse': { readonly who: string }
  'plan.unknown.refund': { readonly who: string }
  'plan.unknown.removal-takes-minutes': { readonly who: string }
  'plan.unknown.soft-delete-meaning': { readonly who: string }
  'plan.unknown.weights': { readonly who: string }
  'plan.unpin': null
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
  'receipts.verify': null
  'rename.field': null
  'rename.save': null
  'rename.title': { readonly name: string }
  'settings.about': null
  'settings.appearance': null
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
  'settings.receipts': null
  'settings.receiptsText': null
  'settings.reveal': null
  'settings.sample': null
  'settings.sampleStart': null
  'settings.sampleText': null
  'settings.shortcuts': null
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
  'settings.where': null
  'shortcuts.everywhere': null
  'shortcuts.inHistory': null
  'shortcuts.inLibrary': null
  'shortcuts.title': null
  'states.loading': null
  'things.named': { readonly kind: string; readonly name: string }
  'things.perhapsMore': { readonly kind: string }
  'things.unnamed': { readonly kind: string }
  'time.dayAndTime': { readonly day: string; readonly time: string }
  'time.justNow': null
  'time.soon': null
  'time.today': null
  'time.when': { readonly date: string; readonly day: string; readonly time: string }
  'time.yesterday': null
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
}

export type MessageId = keyof MessageValues
