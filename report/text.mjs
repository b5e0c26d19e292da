// What the page says around the figures: for each figure its definition and where it comes from.

export const sections = [
	{ id: 'zorg', title: 'Cliënten', figures: ['clienten', 'clienten-productgroep', 'clienten-gemeente'] },
	{ id: 'stromen', title: 'In-, door- en uitstroom', figures: ['in-en-uitstroom', 'doorstroom', 'op-en-afschalen', '18-min-18-plus'] },
	{ id: 'geld', title: 'Geld', figures: ['begroting', 'begroting-gemeente', 'uitgaven-maand', 'benutting'] },
	{ id: 'toegang', title: 'Wachten', figures: ['wachttijd', 'wachttijd-gemeente'] },
	{ id: 'aanbod', title: 'Aanbieders', figures: ['aanbieders', 'dekking', 'uitstroomsignalen', 'drempels', 'controle'] },
];

export const definitions = {
	clienten: {
		text: 'Verschillende mensen met ten minste één dag zorg in de periode. Een traject is een combinatie van cliënt, product en aanbieder; een toewijzing is een beschikt product met omvang en periode. De drie zijn nooit gelijk.',
		source: 'monitor_clients',
	},
	'clienten-productgroep': { text: 'Verschillende mensen met een dag zorg uit de productgroep. Aantallen personen van groepen mogen niet worden opgeteld.', source: 'monitor_clients' },
	'clienten-gemeente': { text: 'Verschillende mensen met een dag zorg die de gemeente betaalt.', source: 'monitor_clients' },
	'in-en-uitstroom': {
		text: 'Instroom: zorg van iemand die geen zorg had, begint. Uitstroom: alle zorg van iemand eindigt; de einddatum is de laatste dag zorg. Begin + instroom − uitstroom = eind. Een pauze en een overstap naar een andere aanbieder zijn geen uitstroom.',
		source: 'monitor_flow',
	},
	doorstroom: { text: 'Mensen bij wie een product eindigde en binnen de toegestane onderbreking een ander product begon, terwijl zij in zorg bleven.', source: 'monitor_transitions' },
	'op-en-afschalen': {
		text: 'Zwaar is een product vanaf het niveau dat de regio heeft ingesteld. Begon zwaar: de zorg van de cliënt als geheel begon met zo’n product. Op- en afschalen: overgang naar een hoger of lager niveau binnen dezelfde productgroep.',
		source: 'monitor_scaling',
	},
	'18-min-18-plus': { text: 'Mensen die jeugdhulp hadden en van wie de eerste Wmo-ondersteuning in het jaar begon, met de dagen zonder zorg ertussen. De wet volgt uit het product.', source: 'monitor_youth_to_adult' },
	begroting: {
		text: 'Uitgegeven: gedeclareerde bedragen in de maand waarop ze betrekking hebben (creditregels negatief), plus lumpsums. Prognose: wat in de bekende maanden is gedeclareerd, de lumpsums, en voor de andere maanden het geïndiceerde bedrag maal het deel daarvan dat in de bekende maanden is gedeclareerd, of wat er al over is gedeclareerd als dat meer is. Resteert: begroting min uitgegeven.',
		source: 'monitor_budget',
	},
	'begroting-gemeente': { text: 'Uitgaven en prognose als deel van wat de gemeente voor het jaar heeft begroot.', source: 'monitor_budget' },
	'uitgaven-maand': {
		text: 'Geïndiceerd: p×q, het tarief maal de omvang van alle toewijzingen over de dagen van de maand. Geleverd: hetzelfde over de dagen met zorg. Gedeclareerd: wat aanbieders over de maand in rekening brachten. Declaraties van de laatste maanden komen nog binnen.',
		source: 'monitor_spending',
	},
	benutting: { text: 'Gedeclareerd volume als deel van wat volgens de landelijke regels op de toewijzingen gedeclareerd mag worden, per product in zijn eenheid.', source: 'monitor_utilisation' },
	wachttijd: { text: 'Dagen van de aanvraag tot de eerste dag zorg, per toewijzing, naar het jaar van de aanvraag. Wachtend: aangevraagd, nog lopend en nog niet gestart. Het 80e percentiel: vier van de vijf startten binnen zoveel dagen. Toewijzingen zonder aanvraagdatum tellen niet mee.', source: 'monitor_waiting' },
	'wachttijd-gemeente': { text: 'Deel van de gestarte toewijzingen waarbij de dagen van aanvraag tot eerste dag zorg niet boven de norm van de regio lagen.', source: 'monitor_waiting' },
	aanbieders: { text: 'Mensen in zorg bij de aanbieder die levert, ook als onderaannemer, en wat deze aanbieder declareerde. Het aandeel is het deel van alle declaraties in het gebied.', source: 'monitor_providers' },
	dekking: { text: 'Aanbieders met een lopend contract voor de productgroep in de gemeente, en hoeveel van hen daar cliënten hebben. Leeg: de gemeente koopt de productgroep niet in. Dicht: de productgroep neemt geen nieuwe aanbieders op. Schaarste: de regio heeft een tekort vastgesteld.', source: 'monitor_coverage' },
	uitstroomsignalen: {
		text: 'De regels om gecontracteerd te blijven, toegepast op elk raamcontract per gemeente en productgroep (Contractstandaard Wmo 1.2, art. 1.6 en 3.19). Ontbreken er gegevens, dan is het oordeel onbekend en niet nul.',
		source: 'monitor_outflow',
	},
	drempels: { text: 'Alle regels voor toelating, blijven en signalering, getoetst aan het dossier van de aanbieder op de peildatum. De grafiek telt elke aanbieder per regel één keer, bij het slechtste oordeel over zijn contracten; de tabel noemt waar niet aan is voldaan, met de reden.', source: 'monitor_thresholds' },
	controle: {
		text: 'Wat opvalt in declaraties en in start- en stopberichten, naar de maand van de zorg of het bericht. Signalen, geen beschuldigingen; een te laat bericht is geen grond om een declaratie af te wijzen. Opvallend veel afgekeurd: meer dan drie standaardafwijkingen boven het aandeel van de regio. Werkdagen zijn maandag tot en met vrijdag.',
		source: 'monitor_control',
	},
};
