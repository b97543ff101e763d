// Preloaded into Janus: it leaves loopback interfaces out when it gathers candidates. Here loopback is the only interface
// that it sees, and does not look like one. Nothing of this runs while media flows.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

int getifaddrs(struct ifaddrs **list) {
  int (*real)(struct ifaddrs **) = (int (*)(struct ifaddrs **))dlsym(RTLD_NEXT, "getifaddrs");
  int result = real(list);
  if (result) return result;
  for (struct ifaddrs *each = *list; each; each = each->ifa_next) {
    struct sockaddr_in *address = (struct sockaddr_in *)each->ifa_addr;
    int loopback = address && address->sin_family == AF_INET && address->sin_addr.s_addr == htonl(INADDR_LOOPBACK);
    each->ifa_flags &= loopback ? ~IFF_LOOPBACK : ~(IFF_UP | IFF_RUNNING);
  }
  return 0;
}
