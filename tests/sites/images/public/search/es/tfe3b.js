guidepostSearch(`es/tfe3b
0a:0W6
0box:04
0caja:14
0imagenes=imágenes:1W6
0propia:14
0root:04
`)
