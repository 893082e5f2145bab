/** Crossings of a ray to the east, ring by ring; rings are longitude and latitude by turns. */
export function isInside(polygon: readonly Float64Array[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of polygon) {
    for (let index = 2; index < ring.length; index += 2) {
      const [ax, ay, bx, by] = [Number(ring[index - 2]), Number(ring[index - 1]), Number(ring[index]), Number(ring[index + 1])];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

/** Metres along the globe between two points in degrees. */
export function haversine(ax: number, ay: number, bx: number, by: number): number {
  const [p, q] = [(ay * Math.PI) / 180, (by * Math.PI) / 180];
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(((bx - ax) * Math.PI) / 360) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}
