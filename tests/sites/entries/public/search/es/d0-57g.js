guidepostSearch(`es/d0-57g
	0	0	es/activities.html	Actividades	
	Actividades	2	
-	Para las manos		
tongs	Pinzas	0	Apriete.
putty-hunt	Masilla	0	Jale.
	1	0	es/index.html	Inicio	
	Inicio	2	El inicio.
`)
