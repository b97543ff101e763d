export interface Where { latitude: number; longitude: number; accuracy: number }

/** Where this device is, degrees (WGS 84) and metres; null when the person or the device does not say, or not within 10 s. */
export function whereAmI(within = 10_000): Promise<Where | null> {
  return new Promise(done => {
    if (!('geolocation' in navigator)) return done(null);
    const timer = setTimeout(() => done(null), within + 500); // a question that nobody answers
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { clearTimeout(timer); done({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy }); },
      () => { clearTimeout(timer); done(null); },
      { enableHighAccuracy: true, timeout: within, maximumAge: 30_000 },
    );
  });
}
