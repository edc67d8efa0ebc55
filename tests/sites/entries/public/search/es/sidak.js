guidepostSearch(`es/sidak
0AKTBDS actividades
1NS inicio
1PRT apriete
0FND find
0JL jale
0KLS clase
1S casa
0LS las
0MNS manos
1SL masilla
0PNS pinzas
1R para
1T putty
0TNGS tongs
`)
