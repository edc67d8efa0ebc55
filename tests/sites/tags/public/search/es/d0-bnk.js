guidepostSearch(`es/d0-bnk
	0	0	es/three.html	Three	en
	Three	2	Three.
	1	0	es/one.html	Uno	
	Uno	2	Uno.
	2	0	es/four.html	Four	en
	Four	2	Four.
	3	0	es/index.html	Start	en
	Start	2	The start.
	4	0	es/two.html	Two	en
	Two	2	Two.
`)
